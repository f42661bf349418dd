import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import { fact, text } from '../../domain/signature/fact';
import type { Received } from '../../domain/signature/received';
import { refuse } from '../../domain/signature/refusals';
import type { Scheme } from '../../domain/signature/scheme';

/** Fifteen letters, or the same with three more that only protect against a change of case. */
const ORGANIZATION_ID = /^00D[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/;
const PREFIX_LENGTH = 15;
const SAID = /<(?:[\w-]+:)?OrganizationId>\s*([0-9A-Za-z]{15,18})\s*</;

const parser = new XMLParser({
	ignoreAttributes: false,
	attributeNamePrefix: '@',
	removeNSPrefix: true,
	parseTagValue: false,
	htmlEntities: true,
	isArray: (name) => name === 'Notification',
});

const Message = z.looseObject({
	Envelope: z.looseObject({
		Body: z.looseObject({
			notifications: z.looseObject({
				OrganizationId: z.string(),
				Notification: z
					.array(
						z.looseObject({
							Id: z.string(),
							sObject: z.looseObject({ '@type': text }).optional().catch(undefined),
						}),
					)
					.min(1),
			}),
		}),
	}),
});

// https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm
export const salesforceOutbound: Scheme = {
	id: 'salesforce-outbound',
	title: 'Salesforce (Outbound Message)',
	needs: 'expected-id',
	where:
		'Salesforce: Setup > Company Settings > Company Information > Salesforce.com Organization ID',
	docs: 'https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_om_outboundmessaging.htm',
	weakness:
		'Nothing is signed, and an organization id is no secret: it only tells your own messages from those of others. Let in only the addresses of Salesforce, or have the proxy ask for its client certificate.',
	toleranceMs: null,
	read(received, { expectedIds }) {
		// Strangers are told by their id alone: the parser may take seconds for what is made to be slow.
		const said = SAID.exec(received.body.toString('utf8'))?.[1]?.slice(0, PREFIX_LENGTH);
		if (said === undefined) return refuse('MALFORMED_BODY');
		if (!expectedIds.some((id) => id.startsWith(said)))
			return { ok: true, signatures: [{ text: said }] };
		const message = messageOf(received);
		if (!message) return refuse('MALFORMED_BODY');
		const id = message.OrganizationId.trim();
		if (!ORGANIZATION_ID.test(id)) return refuse('MALFORMED_BODY');
		return { ok: true, signatures: [{ text: id.slice(0, PREFIX_LENGTH) }] };
	},
	proofs: [
		{
			kind: 'token',
			known: 'expected-id',
			expected: (id) => (ORGANIZATION_ID.test(id) ? id.slice(0, PREFIX_LENGTH) : null),
		},
	],
	events: (received) =>
		(messageOf(received)?.Notification ?? []).map((notification) =>
			fact({
				id: notification.Id,
				type: notification.sObject?.['@type'],
				data: notification,
			}),
		),
	/** Anything else, and Salesforce sends again for a day. */
	acknowledge: {
		status: 200,
		contentType: 'text/xml; charset=UTF-8',
		body: '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>',
	},
};

/** Null for what is no outbound message. A document type is none: SOAP forbids it, and it may define entities. */
function messageOf({ body }: Received) {
	const xml = body.toString('utf8');
	if (xml.includes('<!DOCTYPE') || XMLValidator.validate(xml) !== true) return null;
	try {
		const message = Message.safeParse(parser.parse(xml));
		return message.success ? message.data.Envelope.Body.notifications : null;
	} catch {
		return null;
	}
}
