package io.btp.installer.simulator.api;

/** Changes by several managers and in several ways, each seen in the object that comes back. */
final class Changes {
    private Changes() {}

    static final String TEXT = """
            given a namespace
            POST /api/v1/namespaces
            {"metadata":{"name":"$NS"}}

            given a definition
            POST /apis/apiextensions.k8s.io/v1/customresourcedefinitions
            {"metadata":{"name":"gadgets.$NS.example.org"},"spec":{"group":"$NS.example.org","scope":"Namespaced","names":{"plural":"gadgets","kind":"Gadget"},"versions":[{"name":"v1","served":true,"storage":true,"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{"size":{"type":"integer","default":7},"parts":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["name"],"items":{"type":"object","required":["name"],"properties":{"name":{"type":"string"},"value":{"type":"string"}}}},"tags":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},"whole":{"type":"object","x-kubernetes-map-type":"atomic","additionalProperties":{"type":"string"}},"list":{"type":"array","items":{"type":"string"}}}},"status":{"type":"object","properties":{"phase":{"type":"string"}}}}}}}]}}

            given a first gadget
            POST /apis/$NS.example.org/v1/namespaces/$NS/gadgets?fieldManager=maker
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"plain"},"spec":{}}

            a new object by apply
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"a":"b"}},"data":{"colour":"green","size":"7"}}

            the same again
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"a":"b"}},"data":{"colour":"green","size":"7"}}

            a second owner of the same value
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"colour":"green","other":"x"}}

            a field that its owner applies no more
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"colour":"green"}}

            a field that another owns too
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{}}

            a field taken by force
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=third&force=true
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"colour":"red"}}

            a field taken by a merge patch
            MERGE /api/v1/namespaces/$NS/configmaps/one?fieldManager=editor
            {"data":{"colour":"blue","more":"y"}}

            a field given back by null
            MERGE /api/v1/namespaces/$NS/configmaps/one?fieldManager=editor
            {"data":{"more":null}}

            a field taken by an update
            PUT /api/v1/namespaces/$NS/configmaps/one?fieldManager=editor
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{"colour":"white","other":"z"}}

            an apply that asks for nothing
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"},"data":{}}

            labels of two owners
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one","labels":{"c":"d"},"annotations":{"n":"m"}}}

            labels of one owner only
            APPLY /api/v1/namespaces/$NS/configmaps/one?fieldManager=second
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"one"}}

            finalizers by apply
            APPLY /api/v1/namespaces/$NS/configmaps/held?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.org/a","example.org/b"]}}

            one finalizer less
            APPLY /api/v1/namespaces/$NS/configmaps/held?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held","finalizers":["example.org/b"]}}

            no finalizers
            APPLY /api/v1/namespaces/$NS/configmaps/held?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"held"}}

            a created object
            POST /api/v1/namespaces/$NS/configmaps?fieldManager=maker
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two"},"data":{"a":"1","b":"2"}}

            an apply over a created object
            APPLY /api/v1/namespaces/$NS/configmaps/two?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two"},"data":{"a":"1"}}

            an apply of less over a created object
            APPLY /api/v1/namespaces/$NS/configmaps/two?fieldManager=first
            {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"two"},"data":{}}

            a JSON patch
            JSON /api/v1/namespaces/$NS/configmaps/two?fieldManager=editor
            [{"op":"test","path":"/data/a","value":"1"},{"op":"add","path":"/data/c~1d","value":"3"},{"op":"replace","path":"/data/a","value":"4"}]

            a JSON patch that moves
            JSON /api/v1/namespaces/$NS/configmaps/two?fieldManager=editor
            [{"op":"move","from":"/data/a","path":"/data/z"},{"op":"copy","from":"/data/z","path":"/data/y"},{"op":"add","path":"/metadata/labels","value":{"x":"y"}}]

            a dry run
            MERGE /api/v1/namespaces/$NS/configmaps/two?fieldManager=editor&dryRun=All
            {"data":{"dry":"run"}}

            what a dry run left
            GET /api/v1/namespaces/$NS/configmaps/two

            a deployment by apply
            APPLY /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=first
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:1","env":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"ports":[{"containerPort":80},{"containerPort":81,"name":"b"}]}]}}}}

            a variable of another owner
            APPLY /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=second
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"C","value":"3"}]}]}}}}

            a variable and a port less
            APPLY /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=first
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"replicas":0,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"web:2","env":[{"name":"B","value":"2"}],"ports":[{"containerPort":80}]}]}}}}

            a strategic patch of a variable
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"B","value":"7"},{"name":"D","value":"4"}]}]}}}}

            a strategic removal of a variable
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"name":"D","$patch":"delete"}]}]}}}}

            a strategic patch with an order
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"spec":{"template":{"spec":{"$setElementOrder/containers":[{"name":"side"},{"name":"web"}],"containers":[{"name":"side","image":"side:1"}]}}}}

            a strategic replacement
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"spec":{"template":{"spec":{"containers":[{"name":"web","env":[{"$patch":"replace"},{"name":"E","value":"5"}]}]}}}}

            a strategy that keeps one key
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"spec":{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}}

            finalizers from a strategic patch
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"metadata":{"finalizers":["example.org/a","example.org/b"]}}

            a finalizer taken off by a strategic patch
            STRATEGIC /apis/apps/v1/namespaces/$NS/deployments/web?fieldManager=editor
            {"metadata":{"$deleteFromPrimitiveList/finalizers":["example.org/a","example.org/b"]}}

            a gadget by apply
            APPLY /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good?fieldManager=first
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"spec":{"parts":[{"name":"a","value":"1"},{"name":"b"}],"tags":["x","y"],"whole":{"k":"v"},"list":["1"]}}

            parts of another owner
            APPLY /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good?fieldManager=second
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"spec":{"parts":[{"name":"c","value":"3"}],"tags":["y","z"]}}

            parts that go
            APPLY /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good?fieldManager=first
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"spec":{"parts":[{"name":"b","value":"2"}],"tags":["y"],"whole":{"l":"w"}}}

            a status by apply
            APPLY /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good/status?fieldManager=status
            {"apiVersion":"$NS.example.org/v1","kind":"Gadget","metadata":{"name":"good"},"status":{"phase":"Ready"}}

            a status by a patch
            MERGE /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good/status?fieldManager=editor
            {"status":{"phase":"Gone"},"spec":{"size":99}}

            a merge patch of a gadget
            MERGE /apis/$NS.example.org/v1/namespaces/$NS/gadgets/good?fieldManager=editor
            {"spec":{"list":["2","3"],"size":null}}

            a service
            POST /api/v1/namespaces/$NS/services?fieldManager=maker
            {"metadata":{"name":"web"},"spec":{"clusterIP":"None","selector":{"app":"web"},"ports":[{"name":"a","port":80},{"name":"b","port":81,"targetPort":"x"}]}}

            a port by apply
            APPLY /api/v1/namespaces/$NS/services/web?fieldManager=first
            {"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"ports":[{"name":"c","port":82}]}}

            a secret with texts
            POST /api/v1/namespaces/$NS/secrets?fieldManager=maker
            {"metadata":{"name":"texts"},"stringData":{"a":"b"}}

            a job
            POST /apis/batch/v1/namespaces/$NS/cronjobs?fieldManager=maker
            {"metadata":{"name":"nightly"},"spec":{"suspend":true,"schedule":"0 0 * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"a"}]}}}}}}

            an ingress
            POST /apis/networking.k8s.io/v1/namespaces/$NS/ingresses?fieldManager=maker
            {"metadata":{"name":"web"},"spec":{"ingressClassName":"x","rules":[{"host":"a.example.org","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}

            a claim
            POST /api/v1/namespaces/$NS/persistentvolumeclaims?fieldManager=maker
            {"metadata":{"name":"disk"},"spec":{"storageClassName":"absent","accessModes":["ReadWriteOnce"],"resources":{"requests":{"storage":"2Gi"}}}}

            an account
            POST /api/v1/namespaces/$NS/serviceaccounts?fieldManager=maker
            {"metadata":{"name":"robot"}}

            a role
            POST /apis/rbac.authorization.k8s.io/v1/namespaces/$NS/roles?fieldManager=maker
            {"metadata":{"name":"reader"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}

            a deletion
            DELETE /api/v1/namespaces/$NS/configmaps/two
            """;
}
