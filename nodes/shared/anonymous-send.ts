import type { Context } from './context';
import type { Send } from '../../lib/runtime/http';
import { pooledSend } from '../../lib/runtime/send/pooled';
import { wayOut } from './egress';
import { toResponse } from './n8n-send';
import { noAnswer } from '../../lib/runtime/send/no-answer';

/** A way out without a credential, for what is public. Proxy and egress policy of the instance apply. */
export function openAnonymousSend(node: Context, vendor: string): Send {
	const way = wayOut(node);
	if (way) return pooledSend({ ...way, vendor });
	return async ({ method, url, headers, timeoutMs }) => {
		try {
			return toResponse(
				await node.helpers.httpRequest({
					method,
					url,
					timeout: timeoutMs,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					...(headers && { headers }),
				}),
			);
		} catch (error) {
			throw noAnswer(error, { vendor, timeoutMs });
		}
	};
}
