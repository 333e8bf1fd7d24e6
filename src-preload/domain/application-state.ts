/** DESIGN §9: what is stored of the way of an application; "sent" and "registered" follow from its certificate. */
export const STORED_STATES = ['received', 'examining', 'refused', 'issued', 'sent', 'registered'] as const
export type StoredState = (typeof STORED_STATES)[number]
