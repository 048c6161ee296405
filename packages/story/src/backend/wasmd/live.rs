//! What goes on when the story is over: gateways, devices, a keeper, and the web app.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{bail, Context, Result};
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use base64::Engine;
use serde_json::json;

use super::system::{beside, output, private, vitals};
use super::Wasmd;
use crate::ward::{Bed, Live, Opens, Ward};

/// What a service has until it says that it is there.
const START: Duration = Duration::from_secs(30);
/// Seconds after which readings of the ward reach the chain.
const BATCH_S: &str = "15";
/// The page with the links; what is in it is no more than what the terminal shows.
const LINKS: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<title>cw-vitals: local demonstration network</title>
<h1>Local demonstration network</h1>
<p>Each link opens the app in a tab of its own, as that account.</p>
<ul>
{entries}</ul>
</html>
";
/// Longer than anybody looks.
const FOR_EVER: &str = "0:315360000";

impl Wasmd {
    /// Starts everything in the ward; a line for each link to the app.
    pub fn live(&mut self, ward: &Ward, app: &Path) -> Result<Vec<String>> {
        fs::create_dir_all(self.logs())?;
        for bed in &ward.beds {
            self.run_bed(bed)?;
        }
        self.keep_time()?;
        let origin = self.serve_app(ward, app)?;
        let mut lines = vec![
            format!("web app       {origin}"),
            format!("logs          {}", self.logs().display()),
            "a link for each; whoever has one acts as that account:".into(),
        ];
        let mut entries = String::new();
        for opens in &ward.opens {
            let name = format!("{} ({})", opens.role, opens.account);
            let link = self.link(&origin, opens)?;
            entries += &format!("<li><a href=\"{link}\" target=\"_blank\">{name}</a></li>\n");
            lines.extend([format!("  {name}"), format!("    {link}")]);
        }
        let page = self.paths.home.join("links.html");
        private(&page, LINKS.replace("{entries}", &entries).as_bytes())?;
        lines.extend([
            "the same links as a page, to click:".into(),
            format!("  file://{}", page.display()),
        ]);
        Ok(lines)
    }

    fn logs(&self) -> std::path::PathBuf {
        self.paths.home.join("logs")
    }

    fn run_bed(&mut self, bed: &Bed) -> Result<()> {
        let dir = self.paths.home.join(format!("live-{}", bed.gateway));
        fs::create_dir_all(&dir)?;
        let config = self.gateway_config(&bed.setup, bed.gateway, &dir)?;
        let gateway = |command: &str| -> Result<Command> {
            let mut program = vitals()?;
            program.args(["gateway", command, "--config"]).arg(&config);
            Ok(program)
        };
        let mut passwords = Vec::new();
        for device in &bed.devices {
            let number = device.number.to_string();
            passwords.push(output(
                gateway("device-password")?.args(["--device", &number]),
            )?);
        }
        let name = format!("live-{}", bed.gateway);
        let at = self.service(&name, &mut gateway("run")?, "gateway listens on ")?;
        for (device, password) in bed.devices.iter().zip(passwords) {
            self.run_device(device, &at, &password)?;
        }
        Ok(())
    }

    fn run_device(&mut self, device: &Live, gateway: &str, password: &str) -> Result<()> {
        let dir = self.paths.home.join("devices").join(&device.name);
        let password_file = private(&dir.join("password"), password.as_bytes())?;
        let mut program = beside("vitals-device-sim")?;
        program.arg("run").arg("--dir").arg(&dir);
        program.args(["--gateway", gateway, "--batch-seconds", BATCH_S]);
        program.arg("--password-file").arg(password_file);
        if device.in_episode {
            program.args(["--episode", FOR_EVER]);
        }
        self.service(&device.name, &mut program, "device plays to ")?;
        Ok(())
    }

    fn keep_time(&mut self) -> Result<()> {
        let mut program = vitals()?;
        program
            .args(["keeper", "run", "--turns", "1", "--every", "5"])
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .arg("--mnemonic-file")
            .arg(self.mnemonic_file("keeper")?)
            .arg("--deployment")
            .arg(self.deployment_file());
        self.service("live-keeper", &mut program, "")?;
        Ok(())
    }

    fn serve_app(&mut self, ward: &Ward, app: &Path) -> Result<String> {
        let mut program = vitals()?;
        program
            .args(["web", "--local", "--listen", "127.0.0.1:0", "--app"])
            .arg(app)
            .args(["--node", &self.node.rpc])
            .args(["--gas-price", &self.node.gas_price])
            .args([
                "--vault",
                &format!("{}={}", ward.vault.name, ward.vault.url),
            ])
            .arg("--deployment")
            .arg(self.deployment_file());
        self.service("live-web", &mut program, "web app at ")
    }

    /// Starts what runs until it is stopped, with its words in a log; what it says behind `says`,
    /// once it does. It outlives this program's output.
    fn service(&mut self, name: &str, program: &mut Command, says: &str) -> Result<String> {
        let log = self.logs().join(format!("{name}.log"));
        let file = File::create(&log)?;
        let mut child = program
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .spawn()
            .with_context(|| format!("starting {name}"))?;
        let end = Instant::now() + START;
        let said = loop {
            let text = fs::read_to_string(&log)?;
            let line = text.lines().find_map(|line| line.split_once(says));
            match line {
                _ if says.is_empty() => break Ok(String::new()),
                Some((_, rest)) if text.ends_with('\n') => break Ok(rest.trim().to_string()),
                _ if Instant::now() > end => break Err(text),
                _ if child.try_wait()?.is_some() => break Err(text),
                _ => sleep(Duration::from_millis(50)),
            }
        };
        self.children.push(child);
        match said {
            Ok(said) => Ok(said),
            Err(text) => bail!("{name} did not start:\n{text}"),
        }
    }

    /// The account is in the fragment, which no server sees.
    fn link(&self, origin: &str, opens: &Opens) -> Result<String> {
        let mut secrets = json!({
            "v": 1,
            "role": opens.role,
            "mnemonic": self.known(opens.account)?.mnemonic,
        });
        if let Some(identity) = &opens.identity {
            secrets["identity"] = identity.clone().into();
        }
        if let Some(keyring) = &opens.keyring {
            secrets["keyring"] = keyring.clone().into();
        }
        if let Some(patient) = opens.patient {
            secrets["patient"] = patient.to_string().into();
        }
        let packed = URL_SAFE_NO_PAD.encode(secrets.to_string());
        Ok(format!("{origin}#/open/{packed}"))
    }
}
