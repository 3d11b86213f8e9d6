"""Another optimiser on aevo's workers: a small client of 'aevo evaluate --serve'. Python's own library is all that it needs.

    import aevo_serve
    with aevo_serve.Evaluations("inputs/quickstart.yaml", "--workers", "2", "-o", "runs/mine") as aevo:
        aevo.ask("dense(64,relu) | latent(16) | upsampling | adam(lr0.001,batch64)")
        result = aevo.result()      # of whichever is done first: {"id": 0, "fitness": 0.0318, ...}

As many are evaluated at once as there are workers; ask for as many, or a few more, to keep them busy. docs/serve.md says what requests and
results have. A run that was stopped goes on with Evaluations(resume="runs/mine"): what it has evaluated answers the same requests again.
"""
import json
import os
import subprocess
import threading

AEVO = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), "bin", "aevo")


class Evaluations:
    def __init__(self, input=None, *options, resume=None, aevo=AEVO, stderr=None):
        """An input file and further options of 'aevo evaluate --serve'; `stderr` is where its messages go, as of subprocess."""
        arguments = [aevo, "evaluate", "--serve"]
        arguments += ["--resume", resume] if resume else [input]
        self._child = subprocess.Popen([*arguments, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True)
        self._lock = threading.Lock()
        self.asked = 0  # the id of the next request
        self.waiting = 0  # asked and without a result

    def ask(self, genome=None, network=None):
        """Asks for the evaluation of a genome's text, or of the text of a network file; the id that its result will have."""
        request = {"id": self.asked, **({"network": network} if genome is None else {"genome": genome})}
        self.asked += 1
        self.waiting += 1
        with self._lock:
            try:
                self._child.stdin.write(json.dumps(request) + "\n")
                self._child.stdin.flush()
            except BrokenPipeError:
                raise EOFError(f"aevo has ended (exit code {self._child.wait()}); its messages say why") from None
        return request["id"]

    def result(self):
        """The next result, in the order in which they come; one without a fitness has None there. What could not be asked for has 'error'."""
        line = self._child.stdout.readline()
        if not line:
            raise EOFError(f"aevo has ended (exit code {self._child.wait()}); its messages say why")
        self.waiting -= 1
        return json.loads(line)

    def close(self):
        """Waits for what was asked for; the exit code."""
        with self._lock:
            if not self._child.stdin.closed:
                self._child.stdin.close()
        for _ in self._child.stdout:
            pass
        return self._child.wait()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        if error[0] is not None:
            self._child.terminate()
        self.close()
