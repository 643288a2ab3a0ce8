using Relais.Channels.Meta;
using Relais.Channels.Twilio;

namespace Relais.Channels;

/// <summary>The providers' error tables for codes that come without an HTTP answer, in statuses.</summary>
internal static class ErrorRules
{
    /// <summary>A status is about this message: what it does not list fails the message and nothing else.</summary>
    public static ErrorRule For(ChannelKind kind, int code) =>
        kind == ChannelKind.Twilio ? TwilioErrors.For(code, httpStatus: 400) : MetaErrors.For(code, httpStatus: 400);
}
