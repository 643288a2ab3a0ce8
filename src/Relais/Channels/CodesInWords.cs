using Relais.Channels.Meta;
using Relais.Channels.Twilio;

namespace Relais.Channels;

/// <summary>What the providers' codes say to people.</summary>
internal static class CodesInWords
{
    /// <summary>True when nothing of the number works until a person acts: token, permission, account, billing.</summary>
    public static bool IsGrave(ChannelKind channel, int code) => channel switch
    {
        ChannelKind.Meta => code is 3 or 10 or 190 or 131005 or (>= 200 and <= 299) || MetaErrors.For(code, 400).Action == ErrorAction.StopInbox,
        _ => code is 20003 || TwilioErrors.For(code, 400).Action == ErrorAction.StopInbox,
    };

    /// <summary>The code in words, with the way to mend it.</summary>
    public static string Sentence(ChannelKind channel, int code) =>
        (channel == ChannelKind.Meta ? MetaErrors.For(code, 400) : TwilioErrors.For(code, 400)).Sentence;
}
