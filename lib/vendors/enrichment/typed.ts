import type { FieldPath } from '../../domain/enrichment-fields';

/** A value that came as text where the lead has a number or a list. Anything else stays as it is. */
export function typed(path: FieldPath, value: unknown): unknown {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	const numeric = path === 'company.employeeCount' || path === 'company.revenue';
	if (numeric) return /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
	return path === 'company.techStack' ? text.split(',').map((name) => name.trim()) : value;
}
