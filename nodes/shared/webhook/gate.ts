import { PipelineError } from '../../../lib/domain/errors';
import { briefly } from '../../../lib/runtime/briefly';
import type { Material } from '../../../lib/domain/signature/scheme';
import { httpClient } from '../../../lib/runtime/http';
import { keyShelf, publishedKeys } from '../../../lib/vendors/published-keys';
import { replayMemory } from '../../../lib/vendors/replay-memory';
import type { Gate } from '../../../lib/vendors/verify-delivery';
import { openAnonymousSend } from '../anonymous-send';
import { readCredential } from '../credential';
import { openStore } from '../store';
import { confirmation } from './confirm';
import type { Desk } from './context';
import { CREDENTIAL, materialOf, requireMaterial } from './material';
import { schemeOf } from './scheme';

/** Kept between executions: the keys of a sender are the same for all. */
const shelf = keyShelf();

/** A sender is answered within seconds, so that a key is there within them or not at all. */
const KEY_BUDGET_MS = 4_000;

/** What the panel and the credential say about who may come in. Throws `CONFIG_INVALID`. */
export async function openGate(desk: Desk): Promise<Gate> {
	const scheme = schemeOf(desk);
	const material = await materialFor(desk);
	requireMaterial(scheme, material);
	const seconds = Number(desk.read('options.toleranceSeconds', 0));
	const confirm = confirmation(desk);
	const http = httpClient(openAnonymousSend(desk.node, scheme.id), {
		vendor: scheme.id,
		timeoutMs: KEY_BUDGET_MS / 2,
		deadlineAt: Date.now() + KEY_BUDGET_MS,
	});
	return {
		scheme,
		material,
		keys: publishedKeys(http, { shelf, now: Date.now }),
		...(seconds > 0 && { toleranceMs: seconds * 1000 }),
		...(confirm && { confirm }),
		...(desk.read('refuseReplays', false) === true && {
			memory: replayMemory(await openStore(desk.node)),
		}),
	};
}

/** n8n takes milliseconds for each, which a flood of forgeries would cost every time. */
const recent = briefly<Material>({ now: Date.now, keepMs: 1_000 });

/** Once for all items of an execution: what is made of the secrets is kept with it. */
const known = new WeakMap<object, Material>();

/** A trigger reads its credential at most once a second; an execution once, activation always. */
async function materialFor({ node }: Desk): Promise<Material> {
	const { id, credentials } = node.getNode();
	const chosen = credentials?.[CREDENTIAL];
	if (!chosen) {
		throw new PipelineError(
			'CONFIG_INVALID',
			"No credential 'Webhook Signing Secret' is set, so nothing can be verified. Choose one in the node",
		);
	}
	const read = async () => {
		const data = await readCredential(node, CREDENTIAL);
		const material = known.get(data) ?? materialOf(data);
		known.set(data, material);
		return material;
	};
	if (!('getRequestObject' in node)) return await read();
	return await recent(JSON.stringify([node.getWorkflow().id, id, chosen.id]), read);
}
