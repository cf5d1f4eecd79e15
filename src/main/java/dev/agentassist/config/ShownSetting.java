package dev.agentassist.config;

/**
 * A setting as it may be shown.
 *
 * @param text the value with passwords masked, only the mask for a secret, null when it is not set
 * @param origin as in {@link Setting#origin}
 */
public record ShownSetting(Key key, boolean set, String text, String origin) {

    static ShownSetting of(Setting setting) {
        if (!setting.present()) {
            return new ShownSetting(setting.key(), false, null, null);
        }
        String text = setting.key().secret() ? UrlPasswords.MASK : UrlPasswords.mask(setting.value());
        return new ShownSetting(setting.key(), true, text, setting.origin());
    }
}
