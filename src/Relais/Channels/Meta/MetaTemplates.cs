using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// Message templates of a WhatsApp Business Account (Graph: /{WABA_ID}/message_templates). Promises: pages are followed by their
/// cursor on our own address, never by a link from an answer; what Meta refuses comes back in Meta's own words.
/// </summary>
internal sealed class MetaTemplates(HttpClient http, MetaOptions options, TimeProvider time, ProviderCallLog? calls = null) : IChannelTemplates, IDisposable
{
    private const string Fields = "id,name,language,status,category,parameter_format,components,quality_score,rejected_reason";
    private const int PageSize = 100;

    /// <summary>An account has 6,000 templates at most; more pages than that are no list.</summary>
    private const int MostPages = 100;

    /// <summary>The inbox's account when nobody said which (Inboxes/EnvironmentInboxes).</summary>
    private const string NoAccount = "meta";

    /// <summary>Meta's words for a template that is not there (any more).</summary>
    private const int UnknownTemplate = 2593002;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public ChannelKind Kind => ChannelKind.Meta;

    public TemplateDefinition Adapt(TemplateDefinition template) => template;

    public async Task<TemplateOutcome<IReadOnlyList<ListedTemplate>>> List(InboxAddress inbox, CancellationToken cancel)
    {
        if (MissingAccount(inbox) is { } missing)
        {
            return new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused(0, missing);
        }

        var found = new List<ListedTemplate>();
        string? after = null;
        for (var page = 0; page < MostPages; page++)
        {
            var cursor = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
            var url = Url(inbox, $"?fields={Fields}&limit={PageSize}{cursor}");
            var answer = await Ask(inbox, HttpMethod.Get, url, default, null, cancel);
            using var document = MetaTemplateAnswer.Document(answer, out var refused, out var failed);
            if (document is null)
            {
                return refused is not null
                    ? new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Refused(refused.Code, refused.Reason)
                    : new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed(failed!.Reason);
            }

            foreach (var item in document.RootElement.Get("data"u8).Items())
            {
                if (MetaTemplateReader.Read(item) is { } template)
                {
                    found.Add(template);
                }
            }

            var paging = document.RootElement.Get("paging"u8);
            after = paging.Has("next"u8) ? paging.Get("cursors"u8).Text("after"u8) : null;
            if (after is null)
            {
                return new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Done(found);
            }
        }

        return new TemplateOutcome<IReadOnlyList<ListedTemplate>>.Failed("Meta's list of templates has no end.");
    }

    public async Task<TemplateOutcome<CreatedTemplate>> Create(InboxAddress inbox, TemplateDefinition template, CancellationToken cancel)
    {
        if (MissingAccount(inbox) is { } missing)
        {
            return new TemplateOutcome<CreatedTemplate>.Refused(0, missing);
        }

        var body = Encoding.UTF8.GetBytes(MetaTemplateWriter.Write(template).ToJsonString(MetaTemplateWriter.Lean));
        var answer = await Ask(inbox, HttpMethod.Post, Url(inbox), body, Json, cancel);
        using var document = MetaTemplateAnswer.Document(answer, out var refused, out var failed);
        return document?.RootElement.Text("id"u8) is { } id
                ? new TemplateOutcome<CreatedTemplate>.Done(new CreatedTemplate(
                    id, ProviderText.Word(document.RootElement.Text("status"u8), "pending"),
                    ProviderText.Word(document.RootElement.Text("category"u8), template.Category)))
            : refused is not null ? new TemplateOutcome<CreatedTemplate>.Refused(refused.Code, refused.Reason)
            : new TemplateOutcome<CreatedTemplate>.Failed(failed?.Reason ?? "Meta's answer names no template.", failed?.MayHaveHappened ?? true);
    }

    /// <summary>Needs both name and id: by the name alone Meta deletes every language.</summary>
    public async Task<TemplateOutcome<bool>> Delete(InboxAddress inbox, string name, string providerId, CancellationToken cancel)
    {
        if (MissingAccount(inbox) is { } missing)
        {
            return new TemplateOutcome<bool>.Refused(0, missing);
        }

        var url = Url(inbox, $"?hsm_id={Uri.EscapeDataString(providerId)}&name={Uri.EscapeDataString(name)}");
        var answer = await Ask(inbox, HttpMethod.Delete, url, default, null, cancel);
        using var document = MetaTemplateAnswer.Document(answer, out var refused, out var failed);
        return document is not null || refused?.Code == UnknownTemplate ? new TemplateOutcome<bool>.Done(true)
            : refused is not null ? new TemplateOutcome<bool>.Refused(refused.Code, refused.Reason)
            : new TemplateOutcome<bool>.Failed(failed!.Reason, failed.MayHaveHappened);
    }

    public void Dispose() => http.Dispose();

    private static string? MissingAccount(InboxAddress inbox) => inbox.Account.Trim() is "" or NoAccount
        ? "Meta's templates belong to a WhatsApp Business Account, and this number's is not set: add WHATSAPP_BUSINESS_ACCOUNT_ID."
        : null;

    private Uri Url(InboxAddress inbox, string query = "") =>
        new($"{options.BaseUrl.AbsoluteUri.TrimEnd('/')}/{options.Version}/{Uri.EscapeDataString(inbox.Account.Trim())}/message_templates{query}");

    private Task<ProviderAnswer> Ask(
        InboxAddress inbox, HttpMethod method, Uri url, ReadOnlyMemory<byte> body, MediaTypeHeaderValue? type, CancellationToken cancel) =>
        ProviderHttp.Send(http, method, url, $"Bearer {inbox.AccessToken.Trim()}", body, type, time, cancel,
            calls?.Begin(inbox.InboxId, ProviderCall.TemplateOperation(method)));
}
