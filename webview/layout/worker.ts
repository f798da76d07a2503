// The layout engine in a worker of its own: elkjs listens by itself where there is no document.
import 'elkjs/lib/elk-worker.min.js';
