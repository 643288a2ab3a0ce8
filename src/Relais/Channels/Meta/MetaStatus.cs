using System.Text.Json;

namespace Relais.Channels.Meta;

/// <summary>One item of <c>statuses[]</c>.</summary>
internal static class MetaStatus
{
    public static ChannelEvent? Read(JsonElement item, string? address, ReadingProblems problems)
    {
        var word = ProviderText.Word(item.Text("status"u8), "missing");
        DeliveryStatus? status = word switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" or "played" => DeliveryStatus.Read,
            "failed" => DeliveryStatus.Failed,
            _ => null,
        };
        if (status is null)
        {
            return new ChannelEvent.Other(address, $"status:{word}");
        }

        if (item.Text("id"u8) is not { } id)
        {
            problems.Add($"a status '{word}' has no message id");
            return null;
        }

        var at = ProviderText.Micros(item.Whole("timestamp"u8));
        var ownId = ProviderText.OwnId(item.Text("biz_opaque_callback_data"u8));
        var error = FirstError(item);
        return new ChannelEvent.StatusReported(address, new StatusReport(
            id, ownId, status.Value, at, ProviderText.ErrorCode(error.Text("code"u8)), Words(error)));
    }

    private static JsonElement FirstError(JsonElement item)
    {
        foreach (var error in item.Get("errors"u8).Items())
        {
            return error;
        }

        return default;
    }

    /// <summary>The most telling words; the on-premise shape had <c>details</c> at the top.</summary>
    private static string? Words(JsonElement error) => ProviderText.FirstOf(
        error.Get("error_data"u8).Text("details"u8),
        error.Text("details"u8),
        ProviderText.FirstOf(error.Text("message"u8), error.Text("title"u8)));
}
