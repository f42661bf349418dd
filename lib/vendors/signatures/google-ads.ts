import { z } from 'zod';
import { fact, id, text } from '../../domain/signature/fact';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';

const Lead = z.looseObject({ google_key: z.string(), lead_id: id, lead_submit_time: text });
const TestLead = z.looseObject({ is_test: z.literal(true) });

// https://developers.google.com/google-ads/webhook/docs/implementation
export const googleAds: Scheme = {
	id: 'google-ads',
	title: 'Google Ads (Lead Forms)',
	needs: 'secret',
	where:
		'Google Ads: the lead form asset > Export leads from Google Ads > Other data integration options > Key',
	docs: 'https://developers.google.com/google-ads/webhook/docs/implementation',
	weakness:
		'Nothing is signed: the key stands in the body, so whoever has seen one delivery can make others.',
	toleranceMs: null,
	read(received) {
		const lead = Lead.safeParse(received.json());
		const key = lead.data?.google_key;
		return key ? { ok: true, signatures: [{ text: key }] } : refuse('MISSING_SIGNATURE');
	},
	proofs: [{ kind: 'token' }],
	events(received) {
		const lead = Lead.safeParse(received.json());
		if (!lead.success) return [];
		const { lead_id: own, lead_submit_time: occurredAt } = lead.data;
		return [fact({ id: own, type: 'lead', occurredAt })];
	},
	challenge: {
		signed: (received) => (TestLead.safeParse(received.json()).success ? { status: 200 } : null),
	},
};
