namespace Relais.Engine.Flows.Liquid;

/// <summary>What cannot be read, in a sentence for the person who wrote it. Never leaves this folder.</summary>
internal sealed class LiquidSyntaxException(string message) : Exception(message);
