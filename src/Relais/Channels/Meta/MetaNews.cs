using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>
/// Webhook fields besides <c>messages</c>: news of people, templates, numbers and accounts. What this version has no use for
/// (calls, history …) keeps its name and is never answered.
/// </summary>
internal static class MetaNews
{
    public static void Read(string field, string? account, JsonElement value, List<ChannelEvent> events)
    {
        var address = value.Get("metadata"u8).Text("phone_number_id"u8);
        var before = events.Count;
        switch (field)
        {
            case "user_id_update":
                MetaPeopleNews.UserIds(value, address, events);
                break;
            case "smb_message_echoes" or "message_echoes":
                MetaEchoes.Read(value, address, events);
                break;
            case "user_preferences":
                MetaPeopleNews.Preferences(value, address, events);
                break;
            case "message_template_status_update" or "message_template_quality_update" or "message_template_components_update"
                or "template_category_update" or "template_correct_category_detection":
                events.Add(new ChannelEvent.TemplateChanged(account, MetaTemplateNews.Read(value)));
                break;
            case "account_update" or "account_review_update" or "account_alerts" or "business_capability_update"
                or "phone_number_quality_update" or "phone_number_name_update" or "security":
                var about = value.Get("waba_info"u8).Text("waba_id"u8) ?? account;
                events.Add(new ChannelEvent.AccountChanged(about, MetaAccountNews.Read(field, value)));
                break;
        }

        if (events.Count == before)
        {
            events.Add(new ChannelEvent.Other(address, field));
        }
    }
}
