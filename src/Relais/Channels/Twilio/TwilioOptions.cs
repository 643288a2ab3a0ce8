namespace Relais.Channels.Twilio;

/// <summary>Where Twilio's REST APIs are: each has a host of its own, and one address stands for all of them when it is overridden.</summary>
/// <param name="BaseUrl">Without the version; may end in a path (the simulator's does).</param>
internal sealed record TwilioOptions(Uri BaseUrl)
{
    public static readonly Uri Api = new("https://api.twilio.com");

    private static readonly Uri ContentApi = new("https://content.twilio.com");

    private static readonly Uri MessagingApi = new("https://messaging.twilio.com");

    public Uri Messages(string accountSid) => At(BaseUrl, $"/2010-04-01/Accounts/{Uri.EscapeDataString(accountSid)}/Messages.json");

    /// <summary>Content resources: templates, and what can be tapped.</summary>
    /// <param name="path">From <c>/v1/</c> on, with its query.</param>
    public Uri Content(string path) => At(Own(ContentApi), path);

    public Uri Typing => At(Own(MessagingApi), "/v2/Indicators/Typing.json");

    private Uri Own(Uri host) => BaseUrl == Api ? host : BaseUrl;

    private static Uri At(Uri host, string path) => new($"{host.AbsoluteUri.TrimEnd('/')}{path}");
}
