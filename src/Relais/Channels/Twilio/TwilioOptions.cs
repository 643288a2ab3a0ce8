namespace Relais.Channels.Twilio;

/// <summary>Where Twilio's REST API is.</summary>
/// <param name="BaseUrl">Without the version; may end in a path (the simulator's does).</param>
internal sealed record TwilioOptions(Uri BaseUrl)
{
    public static readonly Uri Api = new("https://api.twilio.com");

    private static readonly Uri ContentApi = new("https://content.twilio.com");

    public Uri Messages(string accountSid) =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(accountSid)}/Messages.json");

    /// <summary>The Content API has a host of its own; whoever stands in for Twilio serves it beside the rest.</summary>
    /// <param name="path">From <c>/v1/</c> on, with its query.</param>
    public Uri Content(string path) => new($"{(BaseUrl == Api ? ContentApi : BaseUrl).AbsoluteUri.TrimEnd('/')}{path}");
}
