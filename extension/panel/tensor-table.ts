import { elementCount } from '../../graph/elements.ts';
import type { OpenFile } from '../engine/protocol.ts';

/** Rows that are written out; a file with more says how many are left out. */
const mostRows = 20_000;

/** A page that lists the tensors of a file without an architecture. It runs no script. */
export function tensorTable(title: string, { tensors, reason, remarks, format }: Extract<OpenFile.Result, { kind: 'tensors' }>): string {
  const total = tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0);
  const rows = tensors.slice(0, mostRows).map(({ name, shape, dataType }) =>
    `<tr><th scope="row">${escaped(name)}</th><td>(${shape.join(', ')})</td><td>${dataType}</td><td class="number">${elementCount(shape).toLocaleString('en-US')}</td></tr>`);
  const more = tensors.length > mostRows ? `<p>${(tensors.length - mostRows).toLocaleString('en-US')} more tensors are not shown.</p>` : '';
  return document(title, `
    <p>${escaped(reason)}.</p>
    ${remarks.map((remark) => `<p class="remark">${escaped(remark)}</p>`).join('')}
    <p><strong>${tensors.length.toLocaleString('en-US')}</strong> tensors with <strong>${total.toLocaleString('en-US')}</strong> elements, format ${escaped(format)}.</p>
    <table>
      <thead><tr><th scope="col">Name</th><th scope="col">Shape</th><th scope="col">Type</th><th scope="col" class="number">Elements</th></tr></thead>
      <tbody>${rows.join('')}</tbody>
    </table>${more}`);
}

/** A page with a sentence: why the file shows nothing. */
export function sentencePage(title: string, sentence: string): string {
  return document(title, `<p role="alert">${escaped(sentence)}</p>`);
}

function document(title: string, body: string): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
  <title>${escaped(title)}</title>
  <style>
    body { padding: 1em 1.5em; color: var(--vscode-foreground); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
    table { border-collapse: collapse; font-family: var(--vscode-editor-font-family); }
    th, td { padding: 0.2em 1.2em 0.2em 0; text-align: left; font-weight: normal; border-bottom: 1px solid var(--vscode-widget-border, transparent); }
    thead th { position: sticky; top: 0; background: var(--vscode-editor-background); font-weight: bold; }
    .number { text-align: right; }
    .remark { color: var(--vscode-descriptionForeground); }
  </style>
</head>
<body><h1>${escaped(title)}</h1>${body}</body>
</html>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
