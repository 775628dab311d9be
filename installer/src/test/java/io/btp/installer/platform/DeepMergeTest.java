package io.btp.installer.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class DeepMergeTest {
    private static final int TRIALS = 2_000;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(20_261);

    @Test
    void isIdempotentWithTheEmptyTreeAsNeutral() {
        for (int i = 0; i < TRIALS; i++) {
            var tree = tree(4);

            assertThat(DeepMerge.of(tree, tree)).isEqualTo(tree);
            assertThat(DeepMerge.of(tree, Map.of())).isEqualTo(tree);
            assertThat(DeepMerge.of(Map.of(), tree)).isEqualTo(tree);
        }
    }

    @Test
    void holdsEveryLeafOfTheLastTree() {
        for (int i = 0; i < TRIALS; i++) {
            var last = tree(4);

            assertHolds(DeepMerge.of(tree(4), tree(4), last), last);
        }
    }

    @Test
    void isAssociativeWhereMappingsMeetMappings() {
        for (int i = 0; i < TRIALS; i++) {
            var one = shaped(3);
            var two = shaped(3);
            var three = shaped(3);

            assertThat(DeepMerge.of(DeepMerge.of(one, two), three))
                    .isEqualTo(DeepMerge.of(one, DeepMerge.of(two, three)));
        }
    }

    @Test
    void keepsTheSiblingsOfAnOverriddenLeaf() {
        Map<String, Object> below = Map.of("a", Map.of("b", 1, "c", Map.of("d", 2, "e", 3)));

        assertThat(DeepMerge.of(below, Map.of("a", Map.of("c", Map.of("d", 9)))))
                .isEqualTo(Map.of("a", Map.of("b", 1, "c", Map.of("d", 9, "e", 3))));
    }

    @Test
    void replacesListsAsAWhole() {
        assertThat(DeepMerge.of(Map.of("a", List.of(1, 2)), Map.of("a", List.of(3))))
                .isEqualTo(Map.of("a", List.of(3)));
    }

    private static void assertHolds(Map<?, ?> merged, Map<?, ?> last) {
        last.forEach((key, value) -> {
            if (value instanceof Map<?, ?> map) {
                assertThat(merged.get(key)).isInstanceOfSatisfying(Map.class, under -> assertHolds(under, map));
                return;
            }
            assertThat(merged.get(key)).isEqualTo(value);
        });
    }

    /** Any tree: a key may lead to a mapping here and to a leaf there. */
    private Map<String, Object> tree(int depth) {
        var tree = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var key = "k" + random.nextInt(5);
            tree.put(key, depth > 0 && random.nextBoolean() ? tree(depth - 1) : random.nextInt(100));
        }
        return tree;
    }

    /** A tree of the one shape that charts have: whether a key leads to a mapping follows from the key. */
    private Map<String, Object> shaped(int depth) {
        var tree = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(5); i > 0; i--) {
            var key = random.nextInt(5);
            tree.put("k" + key, depth > 0 && key < 3 ? shaped(depth - 1) : random.nextInt(100));
        }
        return tree;
    }
}
