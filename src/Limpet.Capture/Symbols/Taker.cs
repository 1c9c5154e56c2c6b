using System.Reflection.Metadata;

namespace Limpet.Capture.Symbols;

/// <summary>What takes a value from the evaluation stack.</summary>
/// <param name="Offset">The instruction.</param>
/// <param name="Kind">What it does with the value.</param>
/// <param name="Member">The method that is called or the field that is assigned.</param>
internal readonly record struct Taker(int Offset, TakerKind Kind, EntityHandle Member);
