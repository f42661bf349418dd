import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { fillUrl, sameAt } from '../../../lib/domain/confirmation';
import type { Received } from '../../../lib/domain/signature/received';
import type { Confirmation } from '../../../lib/vendors/verify-delivery';
import { openHttp } from '../transport';
import { textOf, type Desk } from './context';

const Pairs = z.array(z.object({ event: z.string().trim(), record: z.string().trim() }));

/** What the sender knows is believed; what the delivery says about it is only a hint. */
export function confirmation(
	desk: Desk,
): ((received: Received) => Promise<Confirmation>) | undefined {
	if (desk.read('confirm', false) !== true) return undefined;
	const template = textOf(desk, 'confirmUrl');
	const credential = textOf(desk, 'confirmCredential', 'httpHeaderAuth');
	const pairs = Pairs.parse(desk.read('confirmMatch.pairs', []));
	const http = openHttp(desk.node, {
		vendor: 'confirmation',
		title: 'Confirm With the Sender',
		credential,
		oauth2: credential.endsWith('OAuth2Api'),
		timeoutMs: 4_000,
		deadlineAt: Date.now() + 8_000,
	});
	return async (received) => {
		const event = bodyOf(received);
		const url = fillUrl(template, event);
		if (url === null) return { ok: false, reason: 'NOT_CONFIRMED' };
		const { status, body } = await http.send({ method: 'GET', url, accept: [404, 410] });
		// A page that says 200 to anybody is no record.
		const found = status === 200 && typeof body === 'object' && body !== null;
		const known = found && pairs.every((pair) => sameAt(pair, { event, record: body }));
		return known
			? { ok: true, record: body as IDataObject }
			: { ok: false, reason: 'NOT_CONFIRMED' };
	};
}

function bodyOf(received: Received): unknown {
	return received.json() ?? Object.fromEntries(received.form());
}
