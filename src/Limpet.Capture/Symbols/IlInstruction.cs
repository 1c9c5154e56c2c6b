using System.Reflection.Emit;

namespace Limpet.Capture.Symbols;

/// <summary>One instruction of a method's body.</summary>
/// <param name="Offset">Where it begins.</param>
/// <param name="Code">What it does.</param>
/// <param name="Operand">Token, local, argument or constant, as far as it fits; for a branch the offset it goes to.</param>
/// <param name="Next">Where the next one begins.</param>
internal readonly record struct IlInstruction(int Offset, OpCode Code, int Operand, int Next);
