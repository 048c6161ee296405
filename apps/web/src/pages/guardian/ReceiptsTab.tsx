import { ReceiptLogs } from "../care/ReceiptLogs";

/** Who fetched what of the patient, as a guardian with the power to read may know. */
export function ReceiptsTab({ patient }: { patient: string }) {
  return <ReceiptLogs patient={patient} ground={{ guardian: {} }} />;
}
