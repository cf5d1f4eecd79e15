package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path home;

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private Places places;

    @BeforeEach
    void places() {
        places = Places.of(Map.of(), home);
    }

    private void config(String text) throws IOException {
        Files.createDirectories(places.config());
        Files.writeString(places.configFile(), text);
        mode("rw-------");
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(places.configFile(), PosixFilePermissions.fromString(mode));
    }

    private Settings settings(Map<Key, String> flags, String profile) {
        return new Settings(flags, environment, places, profile, new ProfileSecrets(places), warnings::add);
    }

    private Settings settings() {
        return settings(Map.of(), null);
    }

    @Test
    void aFlagStandsAboveTheEnvironmentAboveTheProfileAboveTheDefault() throws Exception {
        assertEquals(new Setting(Key.TIMEOUT, "10s", "default"), settings().get(Key.TIMEOUT));

        config("[default]\ntimeout = 20s\n");
        assertEquals(
                new Setting(Key.TIMEOUT, "20s", "profile default (" + places.configFile() + ")"),
                settings().get(Key.TIMEOUT));

        environment.put("ASSIST_TIMEOUT", "30s");
        assertEquals(new Setting(Key.TIMEOUT, "30s", "environment ASSIST_TIMEOUT"), settings().get(Key.TIMEOUT));

        assertEquals(
                new Setting(Key.TIMEOUT, "40s", "flag --timeout"),
                settings(Map.of(Key.TIMEOUT, "40s"), null).get(Key.TIMEOUT));
    }

    @Test
    void anEmptyVariableIsNotSet() {
        environment.put("LIVEKIT_URL", " ");
        assertFalse(settings().get(Key.LIVEKIT_URL).present());
    }

    @Test
    void theStoreIsInTheDataFolderUnlessSaid() {
        assertEquals("sqlite:" + home + "/.local/share/agent-assist/conversations.db", settings().require(Key.STORE));
    }

    @Test
    void theProfileIsThatOfTheOptionOrTheVariableOrTheFile() throws Exception {
        config("use = c\n[a]\nmodel = of-a\n[b]\nmodel = of-b\n[c]\nmodel = of-c\n");

        assertEquals("of-c", settings().require(Key.MODEL));
        environment.put("ASSIST_PROFILE", "b");
        assertEquals("of-b", settings().require(Key.MODEL));
        assertEquals("of-a", settings(Map.of(), "a").require(Key.MODEL));
    }

    @Test
    void aProfileThatIsNotThereIsSaid() throws Exception {
        config("[a]\nmodel = x\n");
        var failure = assertThrows(Failure.class, () -> settings(Map.of(), "b").get(Key.MODEL));
        assertEquals("There is no profile “b” in " + places.configFile() + ".", failure.getMessage());
        assertEquals("Use one of a.", failure.problem().hint());

        config("use = gone\n[a]\nmodel = x\n");
        assertThrows(Failure.class, () -> settings().get(Key.MODEL));
        assertFalse(ConfigFile.of(places.configFile(), "").hasProfile("default"));
    }

    @Test
    void proxyVariablesAreReadInBothSpellings() {
        environment.put("https_proxy", "http://small:1");
        assertEquals(new Setting(Key.PROXY, "http://small:1", "environment https_proxy"), settings().get(Key.PROXY));
        environment.put("HTTPS_PROXY", "http://large:1");
        assertEquals("http://large:1", settings().require(Key.PROXY));
        environment.put("no_proxy", "a.example,b.example");
        assertEquals("a.example,b.example", settings().require(Key.NO_PROXY));
    }

    @Test
    void warnsOnceThatOthersCanReadTheFileAndOnlyWhenItWasUsed() throws Exception {
        config("[default]\nmodel = x\nregion = de\n");
        mode("rw-r--r--");
        environment.put("LIVEKIT_URL", "wss://h");

        var settings = settings();
        settings.get(Key.LIVEKIT_URL);
        settings.get(Key.TIMEOUT);
        assertEquals(List.of(), warnings);
        settings.get(Key.MODEL);
        assertEquals("DE", settings.region());
        assertEquals(
                List.of("The config file " + places.configFile() + " is open to others (mode 644). Run: chmod 600 "
                        + places.configFile()),
                warnings);

        warnings.clear();
        mode("rw-------");
        settings().get(Key.MODEL);
        assertEquals(List.of(), warnings);
    }

    @ParameterizedTest
    @CsvSource({
        "LIVEKIT_URL,LIVEKIT_URL,localhost:7880",
        "LIVEKIT_URL,LIVEKIT_URL,ftp://host",
        "LIVEKIT_URL,LIVEKIT_URL,wss://",
        "BASE_URL,OPENAI_BASE_URL,wss://host",
        "BASE_URL,OPENAI_BASE_URL,http://a b",
        "STORE,ASSIST_STORE,/var/lib/calls.db",
        "STORE,ASSIST_STORE,sqlite:",
        "STORE,ASSIST_STORE,mysql://h/d",
        "REGION,ASSIST_REGION,USA",
        "REGION,ASSIST_REGION,ZZ",
        "TIMEOUT,ASSIST_TIMEOUT,10",
        "TIMEOUT,ASSIST_TIMEOUT,0s",
        "TIMEOUT,ASSIST_TIMEOUT,2h",
        "PROXY,HTTPS_PROXY,socks5://h:1",
    })
    void refusesBadValuesNamingThePlace(Key key, String variable, String value) {
        environment.put(variable, value);
        var failure = assertThrows(Failure.class, () -> settings().get(key));
        assertTrue(failure.getMessage().contains("environment " + variable), failure.getMessage());
        assertTrue(failure.getMessage().contains(value), failure.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "LIVEKIT_URL,LIVEKIT_URL,ws://127.0.0.1:7880",
        "STORE,ASSIST_STORE,postgresql://u:p@h1:1/d",
        "STORE,ASSIST_STORE,https://api.example.com",
        "REGION,ASSIST_REGION,XK",
        "PROXY,HTTPS_PROXY,proxy:3128",
    })
    void takesGoodOnes(Key key, String variable, String value) {
        environment.put(variable, value);
        assertEquals(value, settings().require(key));
    }

    @Test
    void aPasswordIsNoPartOfAFlag() {
        var settings = settings(Map.of(Key.STORE, "postgresql://ana:s3cret@db/calls"), null);
        var failure = assertThrows(Failure.class, () -> settings.get(Key.STORE));
        assertFalse(failure.getMessage().contains("s3cret"));
        assertTrue(failure.problem().hint().contains("ASSIST_STORE_KEY"));
    }

    @Test
    void secretsComeFromTheirPlaceOnlyWhenAskedFor() throws Exception {
        Path ran = home.resolve("ran");
        config("[default]\nlivekit.api_secret_command = sh -c 'echo ran >> " + ran + "; echo from-command; echo second'\n"
                + "openai.api_key_file = key\nstore.key = in-place\n");
        Files.writeString(places.config().resolve("key"), "from-file\n");

        var settings = settings();
        var shown = settings.overview();
        assertFalse(Files.exists(ran), "showing the settings runs nothing");
        var secret = shown.stream().filter(s -> s.key() == Key.LIVEKIT_API_SECRET).findFirst().orElseThrow();
        assertEquals(UrlPasswords.MASK, secret.text());
        assertEquals("command sh, profile default (" + places.configFile() + ")", secret.origin());

        assertEquals("from-command", settings.require(Key.LIVEKIT_API_SECRET));
        assertEquals("from-command", settings.require(Key.LIVEKIT_API_SECRET));
        assertEquals(List.of("ran"), Files.readAllLines(ran), "once a run");
        assertEquals("from-file", settings.require(Key.OPENAI_API_KEY));
        assertEquals("in-place", settings.require(Key.STORE_KEY));
        assertFalse(settings.get(Key.STORE_KEY).toString().contains("in-place"));
    }

    @Test
    void showsNoPassword() throws Exception {
        config("[default]\nstore = postgresql://ana:s3cret@db/calls\n");
        environment.put("HTTPS_PROXY", "http://ana:s3cret@proxy:1");
        environment.put("OPENAI_API_KEY", "s3cret");

        assertFalse(settings().overview().toString().contains("s3cret"));
        assertEquals("postgresql://ana:s3cret@db/calls", settings().require(Key.STORE));
    }

    @Test
    void aMissingSettingSaysHowToSetIt() {
        var failure = assertThrows(Failure.class, () -> settings().require(Key.LIVEKIT_URL));
        assertEquals("No livekit.url is set (LiveKit server, as wss://… or https://…).", failure.getMessage());
        assertEquals(
                "Set LIVEKIT_URL, give --livekit-url, or run: assist config set livekit.url VALUE",
                failure.problem().hint());
        assertEquals(
                "Set LIVEKIT_API_SECRET, or run: assist config set livekit.api_secret",
                assertThrows(Failure.class, () -> settings().require(Key.LIVEKIT_API_SECRET))
                        .problem()
                        .hint());
        assertNull(settings().region());
        assertEquals(Optional.empty(), settings().path(Key.CA_FILE));
    }
}
