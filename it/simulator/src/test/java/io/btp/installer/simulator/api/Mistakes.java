package io.btp.installer.simulator.api;

/** What an installer, Helm or a person gets wrong. */
final class Mistakes {
    private Mistakes() {}

    static final String TEXT = """
            given a namespace
            POST /api/v1/namespaces
            {"metadata":{"name":"$NS"}}

            given a map
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"one"},"data":{"colour":"green"}}

            given an applied map
            APPLY /api/v1/namespaces/$NS/configmaps/applied?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"},"data":{"colour":"green","size":"7"}}

            given an immutable secret
            POST /api/v1/namespaces/$NS/secrets
            {"metadata":{"name":"sealed"},"immutable":true,"data":{"key":"YQ=="}}

            given a deployment
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}

            given a stateful set
            POST /apis/apps/v1/namespaces/$NS/statefulsets
            {"metadata":{"name":"db"},"spec":{"replicas":0,"serviceName":"db","selector":{"matchLabels":{"app":"db"}},"template":{"metadata":{"labels":{"app":"db"}},"spec":{"containers":[{"name":"db","image":"db:1"}]}}}}

            given a job
            POST /apis/batch/v1/namespaces/$NS/jobs
            {"metadata":{"name":"once"},"spec":{"suspend":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"once","image":"once:1"}]}}}}

            given a service
            POST /api/v1/namespaces/$NS/services
            {"metadata":{"name":"web"},"spec":{"ports":[{"port":80}]}}

            given a claim
            POST /api/v1/namespaces/$NS/persistentvolumeclaims
            {"metadata":{"name":"disk"},"spec":{"storageClassName":"absent","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"2Gi"}}}}

            given a role binding
            POST /apis/rbac.authorization.k8s.io/v1/namespaces/$NS/rolebindings
            {"metadata":{"name":"bound"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"one"},"subjects":[]}

            given a definition
            POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions
            {"metadata":{"name":"gadgets.$NS.example.org"},"spec":{"group":"$NS.example.org","scope":"Namespaced","names":{"plural":"gadgets","kind":"Gadget"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["size"],"properties":{"size":{"type":"integer","minimum":1},"colour":{"type":"string","enum":["red","green"]},"code":{"type":"string","pattern":"^[a-z]+$"}}}}}}}]}}

            given a gadget
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"spec":{"size":3}}

            given a lease
            POST /apis/coordination.k8s.io/v1/namespaces/$NS/leases
            {"metadata":{"name":"held"},"spec":{"leaseDurationSeconds":7}}

            given a map that its owner changed
            MERGE /api/v1/namespaces/$NS/configmaps/one?fieldManager=editor
            {"data":{"colour":"blue"}}

            given a namespace that will hang
            POST /api/v1/namespaces
            {"metadata":{"name":"$NS-going"}}

            given what hangs in it
            POST /api/v1/namespaces/$NS-going/configmaps
            {"metadata":{"name":"held","finalizers":["example.org/hold"]}}

            given that it goes
            DELETE /api/v1/namespaces/$NS-going

            an object that is not there
            GET /api/v1/namespaces/$NS/configmaps/absent

            a group that is not served
            GET /apis/nothing.example.org/v1/namespaces/$NS/things

            a plural that is not served
            GET /api/v1/namespaces/$NS/things

            a namespace that is not there
            POST /api/v1/namespaces/$NS-absent/configmaps
            {"metadata":{"name":"one"}}

            a namespace that goes
            POST /api/v1/namespaces/$NS-going/configmaps
            {"metadata":{"name":"late"}}

            a namespace that goes, by apply
            APPLY /api/v1/namespaces/$NS-going/configmaps/late?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"late"}}

            a name that is taken
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"one"}}

            a name that cannot be
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"Not_A_Name"}}

            a name that cannot be one of a namespace
            POST /api/v1/namespaces
            {"metadata":{"name":"not.a.label"}}

            a name that cannot be one of a service
            POST /api/v1/namespaces/$NS/services
            {"metadata":{"name":"1.web"},"spec":{"ports":[{"port":80}]}}

            no name
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{}}

            another name than that of the address
            PUT /api/v1/namespaces/$NS/configmaps/one
            {"metadata":{"name":"two"}}

            another namespace than that of the address
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"three","namespace":"default"}}

            another kind than that of the address
            POST /api/v1/namespaces/$NS/configmaps
            {"apiVersion":"v1","kind":"Secret","metadata":{"name":"three"}}

            a body that is no JSON
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":

            a label that cannot be
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"labelled","labels":{"app":"not a label"}}}

            a label key that cannot be
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"labelled","labels":{"not a key":"yes"}}}

            a selector that cannot be
            GET /api/v1/namespaces/$NS/configmaps?labelSelector=a%20b%20c

            a field selector that cannot be
            GET /api/v1/namespaces/$NS/configmaps?fieldSelector=data.colour%3Dgreen

            a key of a map that cannot be
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"keyed"},"data":{"not a key":"x"}}

            secret data that is no Base64
            POST /api/v1/namespaces/$NS/secrets
            {"metadata":{"name":"odd"},"data":{"key":"%%%"}}

            an old version
            PUT /api/v1/namespaces/$NS/configmaps/one
            {"metadata":{"name":"one","resourceVersion":"1"},"data":{"colour":"red"}}

            an old version in a patch
            MERGE /api/v1/namespaces/$NS/configmaps/one
            {"metadata":{"resourceVersion":"1"},"data":{"colour":"red"}}

            another uid
            DELETE /api/v1/namespaces/$NS/configmaps/one
            {"kind":"DeleteOptions","apiVersion":"v1","preconditions":{"uid":"00000000-0000-0000-0000-000000000000"}}

            a change of what is not there
            MERGE /api/v1/namespaces/$NS/configmaps/absent
            {"data":{"colour":"red"}}

            a removal of what is not there
            DELETE /api/v1/namespaces/$NS/configmaps/absent

            a secret that may not change
            MERGE /api/v1/namespaces/$NS/secrets/sealed
            {"data":{"key":"Yg=="}}

            a type of a secret
            MERGE /api/v1/namespaces/$NS/secrets/sealed
            {"type":"example.org/other"}

            a selector of a deployment
            MERGE /apis/apps/v1/namespaces/$NS/deployments/web
            {"spec":{"selector":{"matchLabels":{"app":"other"}},"template":{"metadata":{"labels":{"app":"other"}}}}}

            labels that the selector does not choose
            MERGE /apis/apps/v1/namespaces/$NS/deployments/web
            {"spec":{"template":{"metadata":{"labels":{"app":"other"}}}}}

            a deployment without containers
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[]}}}}

            a container without image
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web"}]}}}}

            a mount of a volume that is not there
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","volumeMounts":[{"name":"data","mountPath":"/data"}]}]}}}}

            a quantity that cannot be
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","resources":{"requests":{"cpu":"much"}}}]}}}}

            more asked for than allowed
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}]}}}}

            a text where a number belongs
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"replicas":"many","selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1"}]}}}}

            a variable that is a number
            POST /apis/apps/v1/namespaces/$NS/deployments
            {"metadata":{"name":"empty"},"spec":{"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","env":[{"name":"A","value":1}]}]}}}}

            data that is a number
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"numbers"},"data":{"a":1}}

            a label that is a number
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"numbers","labels":{"a":1}}}

            an annotation that is no text
            POST /api/v1/namespaces/$NS/configmaps
            {"metadata":{"name":"numbers","annotations":{"a":true}}}

            a container of a stateful set without image
            POST /apis/apps/v1/namespaces/$NS/statefulsets
            {"metadata":{"name":"empty"},"spec":{"replicas":0,"serviceName":"x","selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web"}]}}}}

            a mount of a stateful set without volume
            POST /apis/apps/v1/namespaces/$NS/statefulsets
            {"metadata":{"name":"empty"},"spec":{"replicas":0,"serviceName":"x","selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","volumeMounts":[{"name":"data","mountPath":"/data"},{"name":"claimed","mountPath":"/c"}]}]}},"volumeClaimTemplates":[{"metadata":{"name":"claimed"},"spec":{"accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"1Gi"}}}}]}}

            a lease without a version in its update
            PUT /apis/coordination.k8s.io/v1/namespaces/$NS/leases/held
            {"metadata":{"name":"held"},"spec":{}}

            a field of pods that cannot be chosen by
            GET /api/v1/namespaces/$NS/pods?fieldSelector=spec.image%3Dx

            a service name of a stateful set
            MERGE /apis/apps/v1/namespaces/$NS/statefulsets/db
            {"spec":{"serviceName":"other"}}

            a template of a job
            STRATEGIC /apis/batch/v1/namespaces/$NS/jobs/once
            {"spec":{"completions":7}}

            an address of a service
            MERGE /api/v1/namespaces/$NS/services/web
            {"spec":{"clusterIP":"127.96.7.7"}}

            a service without ports
            POST /api/v1/namespaces/$NS/services
            {"metadata":{"name":"portless"},"spec":{"ports":[]}}

            a port that cannot be
            POST /api/v1/namespaces/$NS/services
            {"metadata":{"name":"portless"},"spec":{"ports":[{"port":70000}]}}

            a claim that changes
            MERGE /api/v1/namespaces/$NS/persistentvolumeclaims/disk
            {"spec":{"accessModes":["ReadWriteMany"]}}

            a claim without a size
            POST /api/v1/namespaces/$NS/persistentvolumeclaims
            {"metadata":{"name":"sizeless"},"spec":{"accessModes":["ReadWriteOnce"]}}

            a role of a binding
            MERGE /apis/rbac.authorization.k8s.io/v1/namespaces/$NS/rolebindings/bound
            {"roleRef":{"name":"other"}}

            a custom object without what it needs
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"bad"},"spec":{}}

            a custom object of the wrong type
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"bad"},"spec":{"size":"big"}}

            a custom object with a wrong value
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"bad"},"spec":{"size":3,"colour":"blue"}}

            a custom object that is too small
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"bad"},"spec":{"size":0}}

            a custom object that does not match
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"bad"},"spec":{"size":1,"code":"X"}}

            a custom object without a version in its update
            PUT /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"spec":{"size":4}}

            an applied custom object with an unknown field
            APPLY /apis/$NS.example.org/v1/namespaces/$NS/gadgets/odd?fieldManager=first
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"odd"},"spec":{"size":4,"unknown":7}}

            a strategic patch of a custom object
            STRATEGIC /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good
            {"spec":{"size":4}}

            a conflict of owners
            APPLY /api/v1/namespaces/$NS/configmaps/applied?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"},"data":{"colour":"red"}}

            a conflict with one who did not apply
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"colour":"red"}}

            two conflicts of owners
            APPLY /api/v1/namespaces/$NS/configmaps/applied?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"},"data":{"colour":"red","size":"8"}}

            an apply without a manager
            APPLY /api/v1/namespaces/$NS/configmaps/applied
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied"}}

            an apply with owners in it
            APPLY /api/v1/namespaces/$NS/configmaps/applied?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"applied","managedFields":[{"manager":"x","operation":"Apply","apiVersion":"v1"}]}}

            an apply without a kind
            APPLY /api/v1/namespaces/$NS/configmaps/applied?fieldManager=first
            {"metadata":{"name":"applied"}}

            a patch of a strange type
            STRANGE /api/v1/namespaces/$NS/configmaps/one
            {}

            a JSON patch whose test fails
            JSON /api/v1/namespaces/$NS/configmaps/one
            [{"op":"test","path":"/data/colour","value":"red"}]

            a JSON patch of what is not there
            JSON /api/v1/namespaces/$NS/configmaps/one
            [{"op":"remove","path":"/data/absent"}]

            a namespace that may not go
            DELETE /api/v1/namespaces/kube-system

            a pod without its account
            POST /api/v1/namespaces/$NS/pods
            {"metadata":{"name":"lonely"},"spec":{"serviceAccountName":"absent","containers":[{"name":"main","image":"main:1"}]}}

            a log of a pod that is not there
            GET /api/v1/namespaces/$NS/pods/absent/log

            a scale of what has none
            GET /api/v1/namespaces/$NS/configmaps/one/scale

            a post to an object
            POST /api/v1/namespaces/$NS/configmaps/one
            {}

            a version that was not seen yet
            GET /api/v1/namespaces/$NS/configmaps?resourceVersion=abc&watch=1
            """;
}
