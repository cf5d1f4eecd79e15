"""An OpenAI-compatible server on loopback: model_server.py WEIGHTS PORT CONTEXT_TOKENS. Ends when its stdin does."""
import os
import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.model_alias = {"smollm2-135m"}
params.hostnames = ["127.0.0.1"]
params.port = int(sys.argv[2])
params.n_ctx = int(sys.argv[3])
params.n_parallel = 1
params.offline = True
params.cpuparams.n_threads = 2
server = xllamacpp.Server(params)
print("listening on " + server.listening_address, flush=True)
sys.stdin.read()
os._exit(0)
