import { NodeHelpers, type INode, type INodeParameters, type INodeType } from 'n8n-workflow';
import { verify } from '../../lib/domain/signature/verify';
import { signatures } from '../../lib/vendors/signatures';
import { WebhookVerifier } from '../../nodes/WebhookVerifier/WebhookVerifier.node';
import { WebhookVerifierTrigger } from '../../nodes/WebhookVerifierTrigger/WebhookVerifierTrigger.node';
import { caseOf, NOW } from '../vendors/signatures/every-scheme';

/** What is left of the settings where the panel shows only those that this sender has. */
function shown(type: INodeType, given: INodeParameters) {
	const { description } = type;
	const node = { parameters: given, typeVersion: 1 } as INode;
	return NodeHelpers.getNodeParameters(
		description.properties,
		given,
		true,
		false,
		node,
		description,
	);
}

const inNode = (sender: string) =>
	shown(new WebhookVerifier(), { sender, publicUrl: 'https://a.example', refuseReplays: true });
const inTrigger = (sender: string) =>
	shown(new WebhookVerifierTrigger(), {
		sender,
		refuseReplays: true,
		settings: { publicUrl: 'https://a.example', source: 'a' },
	});

const elsewhere = (url: string) => url.replace(/^https:\/\/[^/]+/, 'https://elsewhere.example');

describe.each(signatures.map((scheme) => [scheme.id, scheme] as const))('%s', (sender, scheme) => {
	const { delivery, material } = caseOf(scheme);
	const judged = (url: string) => verify(scheme, { ...delivery, url }, material, { now: NOW });

	it('is asked for its URL where the proof depends on it', () => {
		const depends = !judged(elsewhere(delivery.url)).ok;
		expect(depends ? scheme.signsUrl : true).toBe(true);
		const expected = scheme.signsUrl === true;
		expect('publicUrl' in (inNode(sender) ?? {})).toBe(expected);
		expect('publicUrl' in ((inTrigger(sender)?.['settings'] as object) ?? {})).toBe(expected);
	});

	it('has its replays refused where it says when it signed', () => {
		const verdict = judged(delivery.url);
		if (verdict.ok && verdict.timestamp !== undefined) {
			expect(inNode(sender)).toMatchObject({ refuseReplays: true });
			expect(inTrigger(sender)).toMatchObject({ refuseReplays: true });
		} else if (!sender.startsWith('hubspot')) {
			expect(inNode(sender)).not.toHaveProperty('refuseReplays');
			expect(inTrigger(sender)).not.toHaveProperty('refuseReplays');
		}
	});
});
