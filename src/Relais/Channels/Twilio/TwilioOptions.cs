namespace Relais.Channels.Twilio;

/// <summary>Where Twilio's REST API is.</summary>
/// <param name="BaseUrl">Without the version; may end in a path (the simulator's does).</param>
internal sealed record TwilioOptions(Uri BaseUrl)
{
    public static readonly Uri Api = new("https://api.twilio.com");

    public Uri Messages(string accountSid) =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/2010-04-01/Accounts/{Uri.EscapeDataString(accountSid)}/Messages.json");
}
