/**
 * Simulated operators: what makes a custom resource come true where the operator's own program cannot run. An operator
 * is a class for each kind of resource that implements {@code Operator} and is named in {@code Operators}; {@code Webhooks} answers for all of them.
 * They work only while the pods of the real operator's chart are ready, so an installation that lacks them fails as it should.
 */
@NullMarked
package io.btp.installer.simulator.operators;

import org.jspecify.annotations.NullMarked;
