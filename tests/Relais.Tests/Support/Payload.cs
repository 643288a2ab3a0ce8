namespace Relais.Tests.Support;

/// <summary>A wire shape of <c>Payloads/</c>.</summary>
internal static class Payload
{
    public static byte[] Meta(string name) => Bytes("meta", $"{name}.json");

    public static byte[] Twilio(string name) => Bytes("twilio", name.Contains('.') ? name : $"{name}.form");

    private static byte[] Bytes(string folder, string file) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Payloads", folder, file));
}
