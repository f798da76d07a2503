// Entries to build (browser): this file -> dist/webview.js (with webview.css beside it, from the import below), and
// layout/worker.ts -> dist/layout-worker.js, which is loaded from the `data-base` of the page. The page itself is made by page.ts.
import './styles/panel.css';
import { startControls } from './controls.ts';
import { start } from './start.ts';

startControls();
start();
