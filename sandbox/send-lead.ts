import { randomUUID } from 'node:crypto';
import { loadPersonas, personaNamed, type Persona } from './personas';
import { secrets } from './secrets';
import { sign, type Scheme } from './sign';

export interface LeadToSend {
	readonly url: string;
	readonly secret: string;
	/** Whose form is sent: a persona or its name. */
	readonly persona?: string | Persona;
	/** Sent as it is, instead of a persona's form. */
	readonly payload?: unknown;
	/** Default: the payload's own, else random. */
	readonly eventId?: string | undefined;
	/** Signs with another secret, and another body. */
	readonly forge?: boolean | undefined;
	/** Default: standard-webhooks. */
	readonly scheme?: Scheme | undefined;
	/** Sent too; a signature among them is replaced. */
	readonly headers?: Readonly<Record<string, string>>;
	/** Epoch ms of sending. Default: now. */
	readonly at?: number;
}

export interface LeadSent {
	readonly eventId: string;
	readonly status: number;
	/** Parsed JSON, or the text. */
	readonly body: unknown;
	readonly headers: Readonly<Record<string, string>>;
	readonly ms: number;
}

/** Posts one signed lead event, as the sender's system would. */
export async function sendLead(lead: LeadToSend): Promise<LeadSent> {
	const at = lead.at ?? Date.now();
	const { eventId, payload } = eventOf(lead, at);
	const scheme = lead.scheme ?? 'standard-webhooks';
	const body = typeof payload === 'string' ? payload : JSON.stringify(enveloped(payload, scheme));
	const signature = sign({
		scheme,
		secret: lead.forge ? forged(lead.secret) : lead.secret,
		// A sender with a key pair has no secret to be wrong about.
		body: lead.forge ? `${body} ` : body,
		at,
		id: eventId,
		url: lead.url,
	});
	const started = performance.now();
	const response = await fetch(lead.url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...lead.headers, ...signature },
		body,
	});
	const text = await response.text();
	return {
		eventId,
		status: response.status,
		body: parsed(text),
		headers: Object.fromEntries(response.headers),
		ms: Math.round(performance.now() - started),
	};
}

/** A persona's form as an event: its own time and id when it has them, else now and a new id. */
export function formEvent(persona: Persona, at: number, eventId?: string): Record<string, unknown> {
	const { event, formId, fields, consent, submittedAt } = persona.form;
	return {
		event,
		eventId: eventId ?? persona.form.eventId ?? randomUUID(),
		submittedAt: submittedAt ?? new Date(at).toISOString(),
		formId,
		fields,
		...(consent ? { consent } : {}),
	};
}

function eventOf(lead: LeadToSend, at: number): { eventId: string; payload: unknown } {
	if (lead.persona !== undefined) {
		const persona =
			typeof lead.persona === 'string' ? personaNamed(loadPersonas(), lead.persona) : lead.persona;
		const payload = formEvent(persona, at, lead.eventId);
		return { eventId: String(payload['eventId']), payload };
	}
	if (lead.payload === undefined) throw new Error('sendLead needs a persona or a payload.');
	const own = (lead.payload as { eventId?: unknown } | null)?.eventId;
	const eventId = lead.eventId ?? (typeof own === 'string' ? own : randomUUID());
	return { eventId, payload: lead.payload };
}

/** Adobe signs with the same key for everyone: the event itself says whom it is for. */
function enveloped(payload: unknown, scheme: Scheme): unknown {
	if (scheme !== 'adobe-io') return payload;
	const { eventId, event, submittedAt } = payload as Readonly<Record<string, unknown>>;
	return {
		specversion: '1.0',
		id: eventId,
		source: 'urn:uuid:sandbox',
		type: event,
		time: submittedAt,
		datacontenttype: 'application/json',
		recipientclientid: secrets.adobeClientId,
		data: payload,
	};
}

function forged(secret: string): string {
	return `whsec_${Buffer.from(`not ${secret}`).toString('base64')}`;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
