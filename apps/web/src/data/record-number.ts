/** Whether a text may be the number of a patient, device, policy or team: contracts count them from 1, in 64 bits. */
export const isRecordNumber = (text: string): boolean => /^[1-9]\d{0,19}$/.test(text);
