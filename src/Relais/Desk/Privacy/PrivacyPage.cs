using System.Globalization;
using System.Net;
using System.Text;
using Relais.Foundation;

namespace Relais.Desk.Privacy;

/// <summary>The readable part of an export: who the customer is, and each conversation word by word. In: rows, table by table. Out: one HTML page without a script.</summary>
internal sealed class PrivacyPage(string language)
{
    private readonly Dictionary<string, List<IDictionary<string, object?>>> rows = new(StringComparer.Ordinal);

    private string Language => language is "fr" or "ar" ? language : "en";

    public void Read(string table, List<IDictionary<string, object?>> read) => rows[table] = read;

    public string Html()
    {
        var files = Of("media").Where(m => m["message_id"] is not null && PrivacyArchive.PlaceOf(m) is not null).ToLookup(m => Number(m, "message_id"), m => PrivacyArchive.PlaceOf(m)!);
        var text = new StringBuilder();
        text.Append("<!DOCTYPE html><html lang=\"").Append(Language).Append("\" dir=\"").Append(Language == "ar" ? "rtl" : "ltr")
            .Append("\"><head><meta charset=\"utf-8\"><title>").Append(Say("title")).Append("</title><style>body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}")
            .Append("p{margin:.3rem 0}time{color:#666;font-size:.85em}.them{background:#f2f2f2}.us{background:#e3f2e8}p.them,p.us{padding:.4rem .7rem;border-radius:.5rem;white-space:pre-wrap}</style></head><body><h1>")
            .Append(Say("title")).Append("</h1>");
        Who(text);
        Consents(text);
        foreach (var conversation in Of("conversation").OrderBy(c => Number(c, "id")))
        {
            text.Append("<h2>").Append(Say("conversation")).Append(' ').Append(conversation["id"]).Append(" · ").Append(Date(conversation, "created_at")).Append("</h2>");
            foreach (var message in Of("message").Where(m => Number(m, "conversation_id") == Number(conversation, "id")).OrderBy(m => Number(m, "seq")))
            {
                var isTheirs = Number(message, "author") == 1;
                text.Append("<p class=\"").Append(isTheirs ? "them" : "us").Append("\" dir=\"auto\"><time>").Append(Date(message, "created_at")).Append(" · ")
                    .Append(Say(isTheirs ? "customer" : "business")).Append("</time><br>").Append(Escape($"{message["content"]}"));
                foreach (var file in files[Number(message, "id")])
                {
                    text.Append(" <a href=\"").Append(Escape(file)).Append("\">").Append(Escape(file["files/".Length..])).Append("</a>");
                }

                text.Append("</p>");
            }
        }

        return text.Append("</body></html>").ToString();
    }

    private void Who(StringBuilder text)
    {
        foreach (var contact in Of("contact"))
        {
            text.Append("<p dir=\"auto\">").Append(Escape($"{contact["name"]} {contact["phone"]} {contact["wa_id"]}".Trim())).Append(" · ").Append(Date(contact, "created_at")).Append("</p>");
        }
    }

    private void Consents(StringBuilder text)
    {
        if (Of("consent") is not { Count: > 0 } consents)
        {
            return;
        }

        text.Append("<h2>").Append(Say("consents")).Append("</h2>");
        foreach (var consent in consents.OrderBy(c => Number(c, "id")))
        {
            text.Append("<p dir=\"auto\"><time>").Append(Date(consent, "at")).Append("</time> ").Append(Escape($"{consent["purpose"]}: {consent["state"]} ({consent["source"]}) {consent["proof"]}")).Append("</p>");
        }
    }

    private List<IDictionary<string, object?>> Of(string table) => rows.GetValueOrDefault(table) ?? [];

    private static long Number(IDictionary<string, object?> row, string column) => Convert.ToInt64(row[column] ?? 0L, CultureInfo.InvariantCulture);

    private static string Date(IDictionary<string, object?> row, string column) => row.TryGetValue(column, out var value) && value is long micros
        ? Instants.FromMicros(micros).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "";

    private static string Escape(string text) => WebUtility.HtmlEncode(text);

    private string Say(string word) => (word, Language) switch
    {
        ("title", "fr") => "Vos données",
        ("title", "ar") => "بياناتك",
        ("title", _) => "Your data",
        ("conversation", "ar") => "محادثة",
        ("conversation", _) => "Conversation",
        ("customer", "fr") => "Client",
        ("customer", "ar") => "العميل",
        ("customer", _) => "Customer",
        ("business", "fr") => "Entreprise",
        ("business", "ar") => "النشاط التجاري",
        ("business", _) => "Business",
        (_, "fr") => "Consentements",
        (_, "ar") => "الموافقات",
        _ => "Consents",
    };
}
