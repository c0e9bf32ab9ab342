package dev.plumbline.model.family;

class Qwen2MoeTest extends FamilyContractTest {

    @Override
    String family() {
        return "qwen2_moe";
    }
}
