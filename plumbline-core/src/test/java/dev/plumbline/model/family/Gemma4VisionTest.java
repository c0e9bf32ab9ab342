package dev.plumbline.model.family;

class Gemma4VisionTest extends FamilyContractTest {

    @Override
    String family() {
        return "gemma4-vision";
    }
}
