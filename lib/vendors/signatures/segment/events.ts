import { z } from 'zod';
import { fact, text } from '../../../domain/signature/fact';
import type { EventFact } from '../../../domain/signature/scheme';

const Event = z.looseObject({ messageId: text, type: text, event: text, timestamp: text });

/** https://segment.com/docs/connections/spec/common/ ; RudderStack speaks the same language. */
export function trackedEvent(data: unknown): EventFact {
	const { messageId, type, event, timestamp } = Event.safeParse(data).data ?? {};
	return fact({ id: messageId, type: event ?? type, occurredAt: timestamp });
}
