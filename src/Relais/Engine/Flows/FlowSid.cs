using System.Security.Cryptography;

namespace Relais.Engine.Flows;

/// <summary>Names of flows as Studio writes them: FW and 32 hexadecimal digits.</summary>
internal static class FlowSid
{
    public static string Make() => "FW" + RandomNumberGenerator.GetHexString(32, lowercase: true);
}
