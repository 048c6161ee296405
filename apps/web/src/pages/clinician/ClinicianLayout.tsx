import { Outlet } from "react-router";
import { patientsGranting } from "../care/discover";
import { FollowedProvider } from "../care/followed";
import { PublishKey } from "../care/PublishKey";
import "../care/care.css";

export function ClinicianLayout() {
  return (
    <FollowedProvider list="ward" discover={patientsGranting}>
      <div className="care-page">
        <PublishKey />
        <Outlet />
      </div>
    </FollowedProvider>
  );
}
