import { PipelineError } from '../../lib/domain/errors';
import { httpClient, type Http, type Send } from '../../lib/runtime/http';
import { pooledSend } from '../../lib/runtime/send/pooled';
import type { Context, Vendor } from './context';
import { wayOut } from './egress';
import { n8nSend } from './n8n-send';
import { signerFor, type Signer } from './sign';
import { vendorPolicies } from './vendor-policies';

/**
 * A vendor's client: signed with the node's credential, over kept connections where the credential
 * allows and through n8n's helper where not; proxy and egress policy of the instance apply to both.
 * Ends with the execution.
 */
export function openHttp(node: Context, vendor: Vendor): Http {
	requireCredential(node, vendor);
	return httpClient(sendOf(node, vendor), {
		...vendor,
		signal: cancelSignal(node),
		correlationId: vendor.correlationId ?? executionOf(node),
		policies: vendorPolicies(node, vendor),
	});
}

/** n8n answers a missing optional credential with "Node does not require credentials": say it better. */
function requireCredential(node: Context, { credential, title }: Vendor) {
	if (node.getNode().credentials?.[credential]) return;
	throw new PipelineError(
		'CONFIG_INVALID',
		`${title} is selected but no ${title} credential is set. Choose one in the node`,
	);
}

const cancelSignal = (node: Context) =>
	'getExecutionCancelSignal' in node ? node.getExecutionCancelSignal() : undefined;

function executionOf(node: Context) {
	const id = 'getExecutionId' in node ? node.getExecutionId() : undefined;
	return id ? `execution-${id}` : undefined;
}

function sendOf(node: Context, vendor: Vendor): Send {
	const byN8n = n8nSend(node, vendor);
	const way = wayOut(node);
	const signer = way && signerFor(node, vendor);
	if (!way || !signer) return byN8n;
	const pooled = pooledSend({ ...way, vendor: vendor.vendor });
	return async (request) => {
		const signed = await signer.sign(request);
		return signed ? await sendTwice(pooled, { signed, request, signer }) : await byN8n(request);
	};
}

/** A second time where the first was refused for a credential that has been renewed since. */
async function sendTwice(
	send: Send,
	{
		signed,
		request,
		signer,
	}: { signed: Parameters<Send>[0]; request: Parameters<Send>[0]; signer: Signer },
) {
	const response = await send(signed);
	if (!(await signer.renew?.(response, signed))) return response;
	const again = await signer.sign(request);
	return again ? await send(again) : response;
}
