namespace Relais.Channels.Meta;

/// <summary>Where Meta's Graph API is.</summary>
/// <param name="BaseUrl">Without the version; may end in a path (the simulator's does).</param>
/// <param name="Version">Pinned: without it Meta takes the app's oldest.</param>
internal sealed record MetaOptions(Uri BaseUrl, string Version = "v26.0")
{
    public static readonly Uri Graph = new("https://graph.facebook.com");

    public Uri Messages(string phoneNumberId) =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Version}/{Uri.EscapeDataString(phoneNumberId)}/messages");

    /// <summary>Of one file; naming the number makes Meta check that it is this number's.</summary>
    public Uri Media(string mediaId, string phoneNumberId) =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Version}/{Uri.EscapeDataString(mediaId)}?phone_number_id={Uri.EscapeDataString(phoneNumberId)}");

    /// <summary>Where files are uploaded.</summary>
    public Uri Uploads(string phoneNumberId) =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Version}/{Uri.EscapeDataString(phoneNumberId)}/media");

    /// <summary>Any other address of the Graph API, by its path and query.</summary>
    public Uri At(string path) => new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Version}/{path}");

    /// <param name="businessAccount">WhatsApp Business Account id.</param>
    /// <param name="query">With its '?', or empty.</param>
    public Uri Templates(string businessAccount, string query = "") =>
        new($"{BaseUrl.AbsoluteUri.TrimEnd('/')}/{Version}/{Uri.EscapeDataString(businessAccount)}/message_templates{query}");
}
