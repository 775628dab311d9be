"""moto on port 4566 with the two things that tell a LocalStack: its health page, and "Ready." in the log."""

import json

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

moto = DomainDispatcherApplication(create_backend_app)


def application(environ, start_response):
    if environ["PATH_INFO"] == "/_localstack/health":
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps({"services": {"s3": "running"}, "edition": "community", "version": "4.14.0"}).encode()]
    return moto(environ, start_response)


server = make_server("0.0.0.0", 4566, application, threaded=True)
print("Ready.", flush=True)
server.serve_forever()
