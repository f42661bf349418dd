import { randomUUID } from 'node:crypto';
import type { OpenVendor, VendorReply, VendorRequest } from './port';
import { bearer, jsonObject, textOf, unknownKeys, type Json } from './request';

const API = 'api.typeform.com';
const PATH = /^\/forms\/([^/]+)\/webhooks(?:\/([^/]+))?$/;
const KNOWN = ['url', 'enabled', 'event_types', 'secret', 'verify_ssl'];
/** After so long Typeform gives a receiver up. */
const GIVES_UP_AFTER_HOURS = 10;

interface Webhook {
	readonly id: string;
	readonly form_id: string;
	readonly tag: string;
	readonly url: string;
	readonly enabled: boolean;
	/** Signs; not in the answers of this simulator. */
	readonly secret: string | null;
	readonly [field: string]: unknown;
}

/**
 * Typeform's webhooks of forms.
 * https://www.typeform.com/developers/webhooks/reference/create-or-update-webhook/
 */
export const openTypeform: OpenVendor = ({ secrets, now }) => {
	let webhooks: Webhook[] = [];

	/** What is not said is not kept, the secret neither: nothing is documented that would keep it. */
	function save(request: VendorRequest, form: string, tag: string): VendorReply {
		const sent = jsonObject(request);
		if (!sent.ok || !textOf(sent.value['url']) || unknownKeys(sent.value, KNOWN).length > 0)
			return failed(400, 'VALIDATION_ERROR', 'The request is not valid');
		const before = find(form, tag);
		const at = new Date(now()).toISOString();
		const { secret, ...rest } = sent.value;
		const saved = {
			event_types: { form_response: true },
			verify_ssl: true,
			...rest,
			enabled: rest['enabled'] === true,
			id: before?.id ?? randomUUID(),
			form_id: form,
			tag,
			secret: textOf(secret) ?? null,
			created_at: before?.['created_at'] ?? at,
			updated_at: at,
		} as unknown as Webhook;
		webhooks = [...webhooks.filter((one) => one !== before), saved];
		return { status: 200, body: shown(saved), wrote: true };
	}

	const find = (form: string, tag: string) =>
		webhooks.find((one) => one.form_id === form && one.tag === tag);

	function one(request: VendorRequest, form: string, tag: string): VendorReply {
		if (request.method === 'PUT') return save(request, form, tag);
		const known = find(form, tag);
		if (!known) return failed(404, 'WEBHOOK_NOT_FOUND', 'There is no webhook of this tag');
		if (request.method === 'GET') return { status: 200, body: shown(known) };
		if (request.method !== 'DELETE') return failed(405, 'METHOD_NOT_ALLOWED', request.method);
		webhooks = webhooks.filter((other) => other !== known);
		return { status: 204, wrote: true };
	}

	return {
		id: 'typeform',
		hosts: [API],
		handle(request) {
			if (bearer(request) !== secrets.typeformToken)
				return failed(403, 'AUTHENTICATION_FAILED', 'Authentication credentials not found');
			const [, form, tag] = PATH.exec(request.path) ?? [];
			if (!form) return failed(404, 'NOT_FOUND', 'There is nothing here');
			if (tag) return one(request, form, decodeURIComponent(tag));
			if (request.method !== 'GET') return failed(405, 'METHOD_NOT_ALLOWED', request.method);
			const items = webhooks.filter((webhook) => webhook.form_id === form).map(shown);
			return { status: 200, body: { items } };
		},
		fail: (status) => failed(status, 'INTERNAL_ERROR', 'Typeform is not available right now'),
		failDeliveries(hours) {
			if (hours >= GIVES_UP_AFTER_HOURS)
				webhooks = webhooks.map((webhook) => ({ ...webhook, enabled: false }));
		},
		state: () => ({ webhooks }),
		reset() {
			webhooks = [];
		},
	};
};

const shown = ({ secret: _, ...rest }: Webhook): Json => rest;

const failed = (status: number, code: string, description: string): VendorReply => ({
	status,
	body: { code, description },
});
