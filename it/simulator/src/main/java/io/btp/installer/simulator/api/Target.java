package io.btp.installer.simulator.api;

/** What a request is about; namespace, name and sub-resource are empty where the path has none. */
record Target(Kind kind, String namespace, String name, String subresource) {
    boolean isStatus() {
        return subresource.equals("status");
    }

    Target named(String otherName) {
        return new Target(kind, namespace, otherName, subresource);
    }
}
