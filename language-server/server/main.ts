import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { AnalysisThread } from './analysis-thread.ts';
import { Server } from './server.ts';

/** The language server's process: LSP over stdio or IPC, as the command line says. */
new Server(createConnection(ProposedFeatures.all), new AnalysisThread(new URL('./analysis-worker.js', import.meta.url)));
