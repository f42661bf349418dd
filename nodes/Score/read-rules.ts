import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { PipelineError } from '../../lib/domain/errors';
import { maskEmail } from '../../lib/domain/mask';
import type { GroupCap, ScoreRule } from '../../lib/domain/score';

/** The rules with n8n's answer to each one's conditions. Throws naming the rule that cannot be decided. */
export function readRules(node: IExecuteFunctions, index: number): ScoreRule[] {
	const rows = node.getNodeParameter('rules.values', index, []) as IDataObject[];
	return rows.map((row, position) => {
		const name = String(row['name'] || `Rule ${position + 1}`);
		return {
			name,
			group: String(row['group'] || 'fit'),
			points: Number(row['points'] ?? 0),
			matched: conditionsHold(node, { name, position, index }),
		};
	});
}

export function readCaps(node: IExecuteFunctions, index: number): GroupCap[] {
	const rows = node.getNodeParameter('groupCaps.values', index, []) as IDataObject[];
	return rows.map((row) => ({ group: String(row['group'] ?? ''), max: Number(row['max']) }));
}

interface Place {
	readonly name: string;
	readonly position: number;
	readonly index: number;
}

function conditionsHold(node: IExecuteFunctions, place: Place): boolean {
	const verdict = evaluate(node, place);
	if (typeof verdict === 'boolean') return verdict;
	throw new PipelineError(
		'CONFIG_INVALID',
		`Rule '${place.name}' has no conditions. Add one, or delete the rule`,
	);
}

function evaluate(node: IExecuteFunctions, { name, position, index }: Place): unknown {
	const path = `rules.values[${position}].conditions`;
	try {
		return node.getNodeParameter(path, index, undefined, { extractValue: true });
	} catch (error) {
		// Usually a value of another type than the condition expects, e.g. text where a number should be.
		throw undecided(name, error);
	}
}

function undecided(name: string, cause: unknown): PipelineError {
	const reason = cause instanceof Error ? cause.message : String(cause);
	const masked = reason.replace(/[\w.+-]+@[\w.-]+\w/g, maskEmail);
	return new PipelineError('INVALID_INPUT', `Rule '${name}' cannot be decided: ${masked}`, {
		cause,
	});
}
