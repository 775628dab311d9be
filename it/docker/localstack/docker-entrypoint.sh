#!/bin/bash
exec python3 -u /opt/serve.py
