namespace Relais.Foundation;

/// <summary>
/// Everything that is set from outside: environment variables, or a <c>.env</c> file in the working folder (the environment
/// wins). Unknown RELAIS_* keys and unusable values stop the start with a sentence that mends it.
/// </summary>
internal sealed class Settings
{
    private static readonly string[] KnownKeys =
    [
        "RELAIS_URLS", "RELAIS_DATABASE", "RELAIS_DATA", "RELAIS_STUDIO_TOKEN", "RELAIS_SMTP_URL", "RELAIS_MAIL_FROM",
        "RELAIS_META_URL", "RELAIS_TWILIO_URL", "RELAIS_PUBLIC_URL", "RELAIS_TRUSTED_PROXIES", "RELAIS_KEY_FILE",
        "RELAIS_METRICS_TOKEN", "RELAIS_NODE", "RELAIS_ROLES", "RELAIS_LOG", "RELAIS_SEND_RATE", "RELAIS_QUIET_MS", "RELAIS_LANGUAGE",
        "RELAIS_READ_RECEIPTS", "RELAIS_MEDIA", "RELAIS_PROVIDER_LOG", "RELAIS_ANSWERS_PER_MINUTE", "RELAIS_ORIGINS",
        "RELAIS_BACKUP_PASSPHRASE", "RELAIS_RATE_LIMIT", "RELAIS_OIDC_ISSUER", "RELAIS_OIDC_CLIENT_ID", "RELAIS_OIDC_CLIENT_SECRET",
        "RELAIS_OIDC_LABEL", "RELAIS_OIDC_PRIVATE",
    ];

    private readonly Dictionary<string, string> values;
    private readonly List<string> problems = [];
    private readonly Dictionary<string, (string? Key, Uri? BaseUrl, string? Model)> vendors;

    private Settings(Dictionary<string, string> values)
    {
        this.values = values;
        foreach (var key in values.Keys.Where(k => k.StartsWith("RELAIS_", StringComparison.Ordinal) && !KnownKeys.Contains(k)).Order())
        {
            problems.Add($"{key} is not a setting of Relais. Remove it, or look for its right name in docs/operate/install.md.");
        }

        DataFolder = Get("RELAIS_DATA") ?? "data";
        Urls = Get("RELAIS_URLS") ?? (Get("PORT") ?? Get("BACKEND_PORT")) switch
        {
            null => "http://127.0.0.1:5080",
            var port when int.TryParse(port, out var number) && number is > 0 and < 65536 => $"http://0.0.0.0:{number}",
            var port => Problem($"PORT is '{port}'; it has to be a number from 1 to 65535.", "http://127.0.0.1:5080"),
        };
        PublicUrl = Address("RELAIS_PUBLIC_URL") ?? Address("WEBHOOK_BASE_URL") ?? Address("APP_URL");
        MetaUrl = Address("RELAIS_META_URL");
        TwilioUrl = Address("RELAIS_TWILIO_URL");
        SendRate = Number("RELAIS_SEND_RATE", 1000, 0, 100_000);
        AnswersPerMinute = Number("RELAIS_ANSWERS_PER_MINUTE", 20, 0, 100_000);
        RateLimit = Number("RELAIS_RATE_LIMIT", 3000, 0, 1_000_000);
        QuietTime = TimeSpan.FromMilliseconds(Number("RELAIS_QUIET_MS", 1000, 0, 5000));
        ReadReceipts = Choice("RELAIS_READ_RECEIPTS", "on", "on", "off") == "on";
        ProviderLog = Choice("RELAIS_PROVIDER_LOG", "all", "all", "errors", "off");
        Mail = MailServer.Read(Get("RELAIS_SMTP_URL"), Get("RELAIS_MAIL_FROM"), out var mailProblem);
        if (mailProblem is not null)
        {
            problems.Add(mailProblem);
        }

        Origins = ReadOrigins(Get("RELAIS_ORIGINS"));
        Oidc = OidcIssuer.Read(
            Get("RELAIS_OIDC_ISSUER"), Get("RELAIS_OIDC_CLIENT_ID"), Get("RELAIS_OIDC_CLIENT_SECRET"), Get("RELAIS_OIDC_LABEL"),
            Choice("RELAIS_OIDC_PRIVATE", "off", "on", "off") == "on", out var oidcProblem);
        if (oidcProblem is not null)
        {
            problems.Add(oidcProblem);
        }

        Language = Choice("RELAIS_LANGUAGE", "fr", "fr", "en", "ar");
        var roles = (Get("RELAIS_ROLES") ?? "web,workers").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        RunsWeb = roles.Contains("web");
        RunsWorkers = roles.Contains("workers");
        if (roles.Any(role => role is not ("web" or "workers")) || roles.Length == 0)
        {
            problems.Add("RELAIS_ROLES takes web, workers, or both with a comma.");
        }

        problems.AddRange(TrustedProxies
            .Where(proxy => !(proxy.Contains('/', StringComparison.Ordinal) ? System.Net.IPNetwork.TryParse(proxy, out _) : System.Net.IPAddress.TryParse(proxy, out _)))
            .Select(proxy => $"RELAIS_TRUSTED_PROXIES names '{proxy}'; it takes IP addresses and networks such as 10.0.0.0/8, with commas between them."));
        OtlpEndpoint = Address("OTEL_EXPORTER_OTLP_ENDPOINT");
        OtlpIsGrpc = Choice("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "http/protobuf", "grpc") == "grpc";
        vendors = new(StringComparer.Ordinal)
        {
            ["openai"] = (Get("OPENAI_API_KEY"), Address("OPENAI_BASE_URL"), Get("OPENAI_MODEL")),
            ["anthropic"] = (Get("ANTHROPIC_API_KEY"), Address("ANTHROPIC_BASE_URL"), Get("ANTHROPIC_MODEL")),
            ["gemini"] = (Get("GEMINI_API_KEY"), Address("GEMINI_BASE_URL"), Get("GEMINI_MODEL")),
        };
        Transcription = (Get("TRANSCRIPTION_API_KEY"), Address("TRANSCRIPTION_BASE_URL"), Get("TRANSCRIPTION_MODEL"));
        LogLevel = Choice("RELAIS_LOG", "information", "debug", "information", "warning", "error");
        TwilioNumber = Get("TWILIO_WHATSAPP_NUMBER");
        TargetPhone = Get("TARGET_PHONE_NUMBER");
    }

    /// <summary>Sentences for a person, one for each thing that has to be mended before a start.</summary>
    public IReadOnlyList<string> Problems => problems;

    public string DataFolder { get; }

    /// <summary>Folder of files of messages; null for one in the data folder. Nodes that share a database share it.</summary>
    public string? MediaFolder => Get("RELAIS_MEDIA");

    /// <summary>Addresses to listen on, separated by ';'.</summary>
    public string Urls { get; private set; }

    /// <summary>The address the world sees: links, the cookie's scheme, and the URL Twilio signs.</summary>
    public Uri? PublicUrl { get; }

    public Uri? MetaUrl { get; }

    public Uri? TwilioUrl { get; }

    /// <summary>
    /// Messages a second and number at most, whatever the provider grants it (80 at first); 0 means no limit, neither this nor
    /// the provider's own nor the one to a single customer.
    /// </summary>
    public int SendRate { get; }

    /// <summary>Automatic answers one customer gets in a minute, in tenants that set none; 0 means no limit.</summary>
    public int AnswersPerMinute { get; }

    /// <summary>Requests a minute that one session or API key makes of the API at most; others are parts of it. 0 means no limit.</summary>
    public int RateLimit { get; }

    /// <summary>How long to wait after a customer's message for the rest of the burst; applies to tenants that set none.</summary>
    public TimeSpan QuietTime { get; }

    /// <summary>Whether customers see blue ticks once their message is answered; each is a call to the provider of its own.</summary>
    public bool ReadReceipts { get; }

    /// <summary>Which calls to providers are kept: all, errors or off.</summary>
    public string ProviderLog { get; }

    /// <summary>Where mail to the team goes out; null sends none.</summary>
    public MailServer? Mail { get; }

    /// <summary>Who vouches for people beside their password; null: nobody.</summary>
    public OidcIssuer? Oidc { get; }

    /// <summary>Language of a new tenant: fr, en or ar.</summary>
    public string Language { get; }

    /// <summary>Other sites whose pages may speak the API with a bearer token, as browsers write them: https://desk.example.com. Empty: none.</summary>
    public IReadOnlyList<string> Origins { get; }

    public bool RunsWeb { get; }

    public bool RunsWorkers { get; }

    public string LogLevel { get; }

    /// <summary>Where traces and metrics are sent; null sends none. The name is OpenTelemetry's own.</summary>
    public Uri? OtlpEndpoint { get; }

    public bool OtlpIsGrpc { get; }

    /// <summary>Headers of every export, <c>name=value</c> with commas: a collector's key.</summary>
    public string? OtlpHeaders => Get("OTEL_EXPORTER_OTLP_HEADERS");

    /// <summary>Lets a Prometheus in that is not on this computer.</summary>
    public string? MetricsToken => Get("RELAIS_METRICS_TOKEN");

    /// <summary>As written; see PhoneNumbers for the forms it may take.</summary>
    public string? TwilioNumber { get; }

    /// <summary>System E's: a phone of the shop's own, on which things are tried out.</summary>
    public string? TargetPhone { get; }

    public string? TwilioAccount => Get("TWILIO_ACCOUNT_SID");

    public string? TwilioToken => Get("TWILIO_AUTH_TOKEN");

    public string? MetaToken => Get("WHATSAPP_ACCESS_TOKEN");

    public string? MetaPhoneNumberId => Get("WHATSAPP_PHONE_NUMBER_ID");

    public string? MetaBusinessAccount => Get("WHATSAPP_BUSINESS_ACCOUNT_ID");

    public string? MetaVerifyToken => Get("WHATSAPP_WEBHOOK_VERIFY_TOKEN");

    public string? MetaAppSecret => Get("WHATSAPP_APP_SECRET");

    public string? StudioToken => Get("RELAIS_STUDIO_TOKEN");

    public string? Database => Get("RELAIS_DATABASE");

    /// <summary>Of backups; read by commands alone.</summary>
    public string? BackupPassphrase => Get("RELAIS_BACKUP_PASSPHRASE");

    public string? Node => Get("RELAIS_NODE");

    public string KeyFile => Get("RELAIS_KEY_FILE") ?? Path.Combine(DataFolder, "relais.key");

    /// <summary>Addresses (10.0.0.5) and networks (10.0.0.0/8) whose X-Forwarded headers are believed.</summary>
    public IReadOnlyList<string> TrustedProxies =>
        (Get("RELAIS_TRUSTED_PROXIES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True when a provider or a database was named, so that the demo must not start by itself.</summary>
    public bool NamesProviderOrDatabase =>
        Database is not null || TwilioAccount is not null || TwilioToken is not null || MetaToken is not null || MetaAppSecret is not null;

    /// <summary>What is set of a vendor of models: openai, anthropic or gemini.</summary>
    public (string? Key, Uri? BaseUrl, string? Model) Vendor(string name) => vendors[name];

    /// <summary>Who writes voice notes down, over OpenAI's API; nobody while no model is named.</summary>
    public (string? Key, Uri? BaseUrl, string? Model) Transcription { get; }

    public bool Has(string key) => Get(key) is not null;

    /// <summary>
    /// For the demo, which answers this computer alone: a port set for hosting platforms means that port here.
    /// </summary>
    /// <returns>A sentence when the addresses were chosen on purpose and are not this computer's; else null.</returns>
    public string? ListenOnlyHere()
    {
        if (!Has("RELAIS_URLS"))
        {
            Urls = Urls.Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal);
        }

        return Urls.Split(';').All(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback)
            ? null
            : "The demo has a known password and serves this computer only: set RELAIS_URLS to http://127.0.0.1:PORT, or configure a provider or RELAIS_DATABASE.";
    }

    public static Settings FromEnvironment()
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(".env"))
        {
            foreach (var line in File.ReadAllLines(".env"))
            {
                AddLine(read, line);
            }
        }

        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            read[(string)variable.Key] = (string?)variable.Value ?? "";
        }

        return new Settings(read);
    }

    public static Settings From(IEnumerable<KeyValuePair<string, string>> values) =>
        new(new Dictionary<string, string>(values, StringComparer.Ordinal));

    /// <summary>One line of a <c>.env</c> file: comments, export and quotes as shells write them.</summary>
    internal static void AddLine(Dictionary<string, string> into, string line)
    {
        var trimmed = line.Trim();
        var equals = trimmed.IndexOf('=', StringComparison.Ordinal);
        if (trimmed.StartsWith('#') || equals < 1)
        {
            return;
        }

        var key = trimmed[..equals].Trim();
        if (key.StartsWith("export ", StringComparison.Ordinal))
        {
            key = key["export ".Length..].Trim();
        }

        var value = trimmed[(equals + 1)..].Trim();
        var quoted = value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0];
        into[key] = quoted ? value[1..^1] : value;
    }

    private string? Get(string key) => values.TryGetValue(key, out var value) && value.Trim().Length > 0 ? value.Trim() : null;

    private Uri? Address(string key)
    {
        if (Get(key) is not { } text)
        {
            return null;
        }

        return Uri.TryCreate(text.TrimEnd('/'), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : Problem<Uri?>($"{key} is '{text}'; it has to be an address such as https://relais.example.com.", null);
    }

    /// <summary>Exact origins with a comma between them; no star, no path: a browser compares them letter by letter.</summary>
    private IReadOnlyList<string> ReadOrigins(string? text)
    {
        var origins = new List<string>();
        foreach (var origin in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", PathAndQuery: "/", Fragment: "", UserInfo: "" })
            {
                origins.Add(uri.GetLeftPart(UriPartial.Authority));
            }
            else
            {
                problems.Add($"RELAIS_ORIGINS has '{origin}'; it takes origins such as https://desk.example.com, with commas between them.");
            }
        }

        return origins;
    }

    private int Number(string key, int unset, int least, int most) => Get(key) switch
    {
        null => unset,
        var text when int.TryParse(text, out var number) && number >= least && number <= most => number,
        var text => Problem($"{key} is '{text}'; it has to be a number from {least} to {most}.", unset),
    };

    private string Choice(string key, string unset, params string[] choices) => Get(key)?.ToLowerInvariant() switch
    {
        null => unset,
        var text when choices.Contains(text) => text,
        var text => Problem($"{key} is '{text}'; it has to be one of {string.Join(", ", choices)}.", unset),
    };

    private T Problem<T>(string sentence, T instead)
    {
        problems.Add(sentence);
        return instead;
    }
}
