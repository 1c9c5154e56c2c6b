using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Limpet.TestTargets.Hard.Harmless;

/// <summary>
/// Writes messages for the portal with System.Text.Json and one object of options, which keeps what it knows of every type. A new kind of message comes up every
/// eighth operation until all 48 have.
/// </summary>
internal sealed class PortalExport : HarmlessTarget
{
    private const int OperationsPerKind = 8;

    private readonly PortalWriter _writer = new();

    public override Truth Truth => Truth.Harmless(
        "The options keep the metadata of 48 types of message and of their parts.", "framework", "Clean", "Bounded");

    protected override double Cap => PartnerMessages.Kinds;

    protected override int CheckedOperations => 401;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public override void Operate(int number)
    {
        RequestSeal.Of(number);
        int kinds = Math.Min(1 + (number / OperationsPerKind), PartnerMessages.Kinds);
        Subjects.Add(_writer.Write(PartnerMessages.Create(kinds - 1, number)));
        Subjects.Add(_writer.Write(PartnerMessages.Create(number % kinds, number)));
    }
}

internal sealed class PortalWriter
{
    private static readonly JsonSerializerOptions s_options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public long Written { get; private set; }

    /// <summary>Returns the metadata that it was written by.</summary>
    public JsonTypeInfo Write(object message)
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(message, message.GetType(), s_options);
        Written += text.Length;
        return JsonSerializer.Deserialize(text, message.GetType(), s_options)!.Equals(message)
            ? s_options.GetTypeInfo(message.GetType())
            : throw new InvalidOperationException($"{message} was written as something else.");
    }
}
