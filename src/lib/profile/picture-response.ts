// How pictures go out: kept by the browser, never run as anything but a picture.
import type { RequestEvent } from '@sveltejs/kit';

interface Picture {
  type: string;
  content: Uint8Array;
  digest: string;
}

const YEAR = 31_536_000;

/**
 * The picture as an answer. Kept for a year when the address names this very digest (`?v=`), asked
 * anew every time otherwise. 304 when the browser has it already.
 */
export function pictureResponse(
  { url, request }: Pick<RequestEvent, 'url' | 'request'>,
  { type, content, digest }: Picture,
  reach: 'private' | 'public',
): Response {
  const etag = `"${digest}"`;
  const lasting = url.searchParams.get('v') === digest;
  const headers = {
    etag,
    'cache-control': lasting ? `${reach}, max-age=${YEAR}, immutable` : `${reach}, no-cache`,
    'content-disposition': 'inline',
    // Uploaded content: even opened alone it may do nothing (ASVS 3.2.1).
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  if (request.headers.get('if-none-match') === etag)
    return new Response(null, { status: 304, headers });
  return new Response(new Uint8Array(content), { headers: { ...headers, 'content-type': type } });
}
