import { Outlet } from "react-router";
import { patientsAppointing } from "../care/discover";
import { FollowedProvider } from "../care/followed";
import { PublishKey } from "../care/PublishKey";
import "../care/care.css";

export function GuardianLayout() {
  return (
    <FollowedProvider list="in-care" discover={patientsAppointing}>
      <div className="care-page">
        <PublishKey />
        <Outlet />
      </div>
    </FollowedProvider>
  );
}
