import type { IDataObject } from 'n8n-workflow';
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
	return async ({ method, url, query, headers, body, timeoutMs }) => {
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
					...(query && { qs: { ...query } }),
					...(body !== undefined && { body: body as IDataObject, json: true }),
				}),
			);
		} catch (error) {
			throw noAnswer(error, { vendor, timeoutMs });
		}
	};
}
