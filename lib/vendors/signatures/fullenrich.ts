import { z } from 'zod';
import { fact, text } from '../../domain/signature/fact';
import type { Scheme } from '../../domain/signature/scheme';
import { prefixed } from '../../domain/signature/text';
import { NO_CLOCK } from './weaknesses';

const Result = z.looseObject({ status: text });

// https://docs.fullenrich.com/api/v2/general/webhooks
export const fullenrich: Scheme = {
	id: 'fullenrich',
	title: 'FullEnrich',
	needs: 'secret',
	where: 'FullEnrich: app.fullenrich.com > API > your API key',
	docs: 'https://docs.fullenrich.com/api/v2/general/webhooks',
	weakness: NO_CLOCK,
	toleranceMs: null,
	read: (received) => prefixed(received, 'x-signature-sha1', ''),
	proofs: [{ kind: 'hmac', algorithm: 'sha1', encoding: 'hex', contents: ({ body }) => [[body]] }],
	// The `id` is the batch's and comes with each of its contacts: only the bytes name the event.
	events: (received) => [fact({ type: Result.safeParse(received.json()).data?.status })],
};
