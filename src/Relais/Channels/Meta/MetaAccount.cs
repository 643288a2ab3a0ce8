using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// A number's account at Meta: its token (<c>debug_token</c>), the number's own fields, which apps get the account's webhooks
/// (<c>subscribed_apps</c>), and the block list (<c>block_users</c>, developers.facebook.com, "Block users", 2026-05-21).
/// </summary>
internal sealed class MetaAccount(HttpClient http, MetaOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannelAccount, IDisposable
{
    private const string Fields =
        "id,display_phone_number,verified_name,quality_rating,throughput,whatsapp_business_manager_messaging_limit,code_verification_status,platform_type";

    private static readonly MediaTypeHeaderValue JsonType = new("application/json");

    public ChannelKind Kind => ChannelKind.Meta;

    public async Task<AccountReport> Examine(InboxAddress inbox, Uri? publicUrl, CancellationToken cancel)
    {
        var number = await Get(inbox, $"{Uri.EscapeDataString(inbox.Address)}?fields={Fields}", cancel);
        var token = number.IsSilent ? number : await Get(inbox, $"debug_token?input_token={Uri.EscapeDataString(inbox.AccessToken.Trim())}", cancel);
        var apps = !MetaChecks.HasAccount(inbox) ? null
            : number.IsSilent ? number
            : await Get(inbox, $"{Uri.EscapeDataString(inbox.Account)}/subscribed_apps", cancel);
        var about = token.Json.Get("data"u8);
        return new AccountReport(
        [
            MetaChecks.Token(number, about),
            MetaChecks.Permissions(number, token),
            MetaChecks.Expiry(token, time.GetUtcNow()),
            MetaChecks.Number(inbox, number),
            MetaChecks.Account(inbox),
            MetaChecks.Subscription(apps, about.Text("app_id"u8), publicUrl),
        ])
        {
            DisplayName = number.Json.Text("verified_name"u8),
            Quality = number.Json.Text("quality_rating"u8),
            Tier = number.Json.Text("whatsapp_business_manager_messaging_limit"u8),
            Throughput = number.Json.Get("throughput"u8).Text("level"u8),
            TokenExpiresAt = ProviderText.Micros(about.Whole("expires_at"u8)),
        };
    }

    public async Task<BlockOutcome> Block(InboxAddress inbox, SenderIdentity customer, bool blocks, CancellationToken cancel)
    {
        if ((customer.Phone ?? (customer.WaId is { } waId ? "+" + waId : customer.UserId)) is not { Length: > 0 } user)
        {
            return new BlockOutcome.Refused("Neither a number nor a user id of this customer is known.");
        }

        var body = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["messaging_product"] = "whatsapp",
            ["block_users"] = new[] { new Dictionary<string, string> { ["user"] = user } },
        });
        var answer = Read(await ProviderHttp.Send(
            http, blocks ? HttpMethod.Post : HttpMethod.Delete, options.At($"{Uri.EscapeDataString(inbox.Address)}/block_users"), Authorization(inbox),
            body, JsonType, time, cancel, calls?.Begin(inbox.InboxId, blocks ? "block" : "unblock", user)));
        var result = answer.Json.Get("block_users"u8);
        if (answer.IsGood && !result.Get("failed_users"u8).Items().Any())
        {
            return new BlockOutcome.Done();
        }

        var error = result.Get("failed_users"u8).Items().Select(u => u.Get("errors"u8).Items().FirstOrDefault()).FirstOrDefault();
        var words = ProviderText.FirstOf(error.Get("error_data"u8).Text("details"u8), error.Text("message"u8), answer.Said);
        return new BlockOutcome.Refused($"Meta did not do it ({words}).");
    }

    /// <summary>Reading takes the right <c>catalog_management</c>; sending its products does not, but the account has to be connected to it.</summary>
    public async Task<CatalogReport> Catalog(InboxAddress inbox, string catalogId, CancellationToken cancel)
    {
        var answer = await Get(inbox, $"{Uri.EscapeDataString(catalogId)}?fields=id,name,product_count", cancel, "catalog");
        var report = answer switch
        {
            { IsGood: true } => new CatalogReport(
                true, answer.Json.Text("name"u8), answer.Json.Whole("product_count"u8), "Meta shows this catalogue to the number's token.", null),
            { IsSilent: true } => new CatalogReport(null, null, null, $"Meta could not be asked ({answer.Said}).", null),
            _ => new CatalogReport(
                false, null, null, $"Meta does not show this catalogue to the number's token ({answer.Said}).",
                "Check the id in Meta's Commerce Manager, connect the catalogue to the WhatsApp Business Account, and give the token catalog_management if it is to be read here."),
        };
        return answer.IsSilent || !MetaChecks.HasAccount(inbox) ? report : report with { Connected = await IsConnected(inbox, catalogId, cancel) };
    }

    private async Task<bool?> IsConnected(InboxAddress inbox, string catalogId, CancellationToken cancel)
    {
        var catalogs = await Get(inbox, $"{Uri.EscapeDataString(inbox.Account)}/product_catalogs?fields=id&limit=100", cancel, "catalog");
        return catalogs.IsGood ? catalogs.Json.Get("data"u8).Items().Any(c => c.Text("id"u8) == catalogId) : null;
    }

    public void Dispose() => http.Dispose();

    private async Task<AccountAnswer> Get(InboxAddress inbox, string path, CancellationToken cancel, string call = "self_test") => Read(await ProviderHttp.Send(
        http, HttpMethod.Get, options.At(path), Authorization(inbox), ReadOnlyMemory<byte>.Empty, type: null, time, cancel,
        calls?.Begin(inbox.InboxId, call)));

    private static AccountAnswer Read(ProviderAnswer answer) => AccountAnswer.Of(answer, (json, status) =>
    {
        var error = json.Get("error"u8);
        return error.ValueKind != JsonValueKind.Object
            ? (null, status is >= 200 and < 300 ? null : string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"))
            : (ProviderText.ErrorCode(error.Text("code"u8)),
                ProviderText.FirstOf(error.Get("error_data"u8).Text("details"u8), error.Text("message"u8)));
    });

    private static string Authorization(InboxAddress inbox) => $"Bearer {inbox.AccessToken.Trim()}";
}
