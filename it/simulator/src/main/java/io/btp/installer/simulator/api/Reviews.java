package io.btp.installer.simulator.api;

import tools.jackson.databind.node.ObjectNode;

/** Answers who may do what: in the sandbox, whoever has the token may do everything. */
final class Reviews {
    private Reviews() {}

    static ObjectNode answer(Kind kind, ObjectNode body) {
        var review = body.deepCopy().put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        var status = review.putObject("status");
        switch (kind.kind()) {
            case "SelfSubjectReview" ->
                status.putObject("userInfo")
                        .put("username", "sandbox")
                        .putArray("groups")
                        .add("system:masters");
            case "SelfSubjectRulesReview" -> rules(status);
            case "TokenReview" ->
                status.put("authenticated", false).put("error", "the sandbox knows no tokens of service accounts");
            default -> status.put("allowed", true).put("reason", "whoever has the sandbox's token may do everything");
        }
        return review;
    }

    private static void rules(ObjectNode status) {
        var rule = status.putArray("resourceRules").addObject();
        rule.putArray("verbs").add("*");
        rule.putArray("apiGroups").add("*");
        rule.putArray("resources").add("*");
        status.putArray("nonResourceRules").addObject().putArray("verbs").add("*");
        status.put("incomplete", false);
    }
}
