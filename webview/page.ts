/**
 * The page that the panel lives in.
 *
 * `base` is the URI of the folder that holds the built assets, `source` the content policy's name of that place (`webview.cspSource`).
 * The layout worker is fetched from `base` and started from a Blob, because a webview cannot start a worker from a resource URI.
 */
export function page({ base, source, nonce }: { base: string; source: string; nonce: string }): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${source} 'nonce-${nonce}'`,
    `img-src ${source} data: blob:`,
    `font-src ${source}`,
    `connect-src ${source}`,
    'worker-src blob:',
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<link rel="stylesheet" href="${base}/webview.css">
<title>Layer graph</title>
</head>
<body data-base="${base}">
<script type="module" nonce="${nonce}" src="${base}/webview.js"></script>
</body>
</html>
`;
}
